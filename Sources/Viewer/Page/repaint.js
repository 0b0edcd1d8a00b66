// Painting once for each picture of the screen, however often it is asked for.

/** Gives what asks for `paint` with the next picture. */
export function onceEachPicture(paint) {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      paint();
    });
  };
}
