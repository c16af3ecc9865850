/** Characters that are written together: 100,000 single writes would take longer than reading the image. */
const pieceLength = 64 * 1024;

/** Renders items line by line, and yields pieces that are each worth a write. */
export function* inPieces<Item>(items: Iterable<Item>, lineOf: (item: Item) => string): Iterable<string> {
  let piece = "";
  for (const item of items) {
    piece += lineOf(item);
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}
