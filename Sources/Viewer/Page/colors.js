// Colours: of classes as the server says, of numbers as ramps whose lightness rises.

export const modes = [
  { name: "label", title: "label" },
  { name: "confidence", title: "confidence", ramp: 0, low: "0", high: "1" },
  { name: "intensity", title: "intensity", ramp: 1, low: "0", high: "1" },
  { name: "range", title: "range", ramp: 2, low: "0 m" },
  { name: "truth", title: "truth", needsTruth: true },
  { name: "difference", title: "difference", needsTruth: true },
];

/** Where the model agrees with the truth, where it does not, and where nothing is known. */
export const differenceColors = [[86, 99, 116], [255, 93, 82], [42, 47, 56]];

const anchors = [
  // confidence: what is doubtful stands out
  [0xff6b5e, 0xf2a154, 0xe9de6b, 0x8ccf9a, 0x4fb0c6, 0xa9dcef],
  // intensity
  [0x33265c, 0x5b2a7a, 0x8e2f6f, 0xcf4d55, 0xf28a45, 0xfbcb78, 0xfff6dc],
  // range: near is bright
  [0xfff7c2, 0xe9de6b, 0x8ccf5a, 0x2fb38a, 0x1f8aa6, 0x2f5aa8, 0x4a48a8],
];

/** 256 colours of each ramp, as RGBA bytes. */
export function rampBytes() {
  const bytes = new Uint8Array(256 * 4 * anchors.length);
  anchors.forEach((colors, ramp) => {
    for (let step = 0; step < 256; step++) {
      bytes.set([...mixed(colors, step / 255), 255], (ramp * 256 + step) * 4);
    }
  });
  return { bytes, rows: anchors.length };
}

/** 256 colours of classes, as RGBA bytes; magenta where there is no class. */
export function paletteBytes(classes) {
  const bytes = new Uint8Array(256 * 4);
  for (let index = 0; index < 256; index++) {
    bytes.set([...(classes[index]?.color ?? [255, 0, 255]), 255], index * 4);
  }
  return bytes;
}

/** A filter as 256 bits: 1 where a class is shown. */
export function filterBits(hidden) {
  const bits = new Uint32Array(8).fill(0xffffffff);
  for (const index of hidden) bits[index >> 5] &= ~(1 << (index & 31));
  return bits;
}

function mixed(colors, share) {
  const place = share * (colors.length - 1);
  const index = Math.min(Math.floor(place), colors.length - 2);
  const channel = (color, shift) => (color >> shift) & 255;
  return [16, 8, 0].map((shift) => {
    const [first, second] = [channel(colors[index], shift), channel(colors[index + 1], shift)];
    return Math.round(first + (second - first) * (place - index));
  });
}
