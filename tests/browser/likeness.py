"""How alike two pictures of a page are, where fonts and their edges do not count."""

from __future__ import annotations

import base64
from typing import Any

# Layout must not hang on which fonts a machine has: nearly every monospaced one is 0.6 em wide.
# Debian's Chromium brings the first of these; "monospace" twice keeps the size browsers else change.
FONTS = '"Liberation Mono", "Cousine", "DejaVu Sans Mono", monospace, monospace'
SAME_WIDTH_EVERYWHERE = f"""
const sheet = new CSSStyleSheet();
sheet.replaceSync(':root {{ --serif: {FONTS}; --sans: {FONTS}; --mono: {FONTS} }} * {{ caret-color: transparent !important }}');
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
"""

# Squares of 4 x 4 pixels, each as light as its pixels and those of the squares around it are on
# average: letters become grey, what is left is where things stand and how dark they are.
_DIFFERING = """async ([one, other]) => {
  const SIDE = 4, VISIBLE = 10;
  const read = async (data) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height);
  };
  const squares = ({ data, width, height }) => {
    const across = Math.floor(width / SIDE), down = Math.floor(height / SIDE);
    const light = new Float64Array(across * down);
    for (let y = 0; y < down * SIDE; y += 1) {
      for (let x = 0; x < across * SIDE; x += 1) {
        const at = (y * width + x) * 4;
        light[Math.floor(y / SIDE) * across + Math.floor(x / SIDE)] +=
          (0.3 * data[at] + 0.59 * data[at + 1] + 0.11 * data[at + 2]) / (SIDE * SIDE);
      }
    }
    return light.map((_, at) => {
      let sum = 0, count = 0;
      for (let y = -1; y <= 1; y += 1) {
        for (let x = -1; x <= 1; x += 1) {
          const row = Math.floor(at / across) + y, column = (at % across) + x;
          if (row < 0 || column < 0 || row >= down || column >= across) continue;
          sum += light[row * across + column];
          count += 1;
        }
      }
      return sum / count;
    });
  };
  const [first, second] = [await read(one), await read(other)];
  if (first.width !== second.width || first.height !== second.height) return 1;
  const [before, now] = [squares(first), squares(second)];
  return before.filter((light, at) => Math.abs(light - now[at]) > VISIBLE).length / before.length;
}"""


def share_differing(page: Any, one: bytes, other: bytes) -> float:
    """Return how much of two PNG pictures differs visibly, from 0 to 1; 1 if their sizes do.

    *page* is an empty one: its browser does the reckoning.
    """
    pictures = [base64.b64encode(picture).decode() for picture in (one, other)]
    return float(page.evaluate(_DIFFERING, pictures))
