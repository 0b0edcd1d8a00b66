// What went wrong, over the cloud, until it is closed or others take its place.

const kept = 3;

/** Says something; the same words are not said twice. */
export function notice(message, remedy) {
  const room = document.getElementById("notices");
  const text = [message, remedy].filter(Boolean).map(sentence).join(" ");
  if ([...room.children].some((item) => item.firstChild.textContent === text)) return;
  const item = Object.assign(document.createElement("div"), { className: "notice" });
  const words = Object.assign(document.createElement("p"), { textContent: text });
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
  button.setAttribute("aria-label", "close this notice");
  button.addEventListener("click", () => item.remove());
  item.append(words, button);
  room.append(item);
  while (room.children.length > kept) room.firstChild.remove();
}

function sentence(words) {
  return `${words.charAt(0).toUpperCase()}${words.slice(1).replace(/\.$/, "")}.`;
}

/** What stands there, for tests. */
export function noticeTexts() {
  return [...document.getElementById("notices").children].map((item) => item.firstChild.textContent);
}

export function closeNotices() {
  document.getElementById("notices").replaceChildren();
}
