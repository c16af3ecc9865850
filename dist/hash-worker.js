import { parentPort } from "node:worker_threads";
import { createHash } from "node:crypto";
// src/image/hash-worker.ts
const hashes = new Map();
parentPort?.on("message", ({ stream, bytes, length, isLast }) => {
	if (bytes === null) {
		hashes.delete(stream);
		return;
	}
	const hash = hashes.get(stream) ?? createHash("sha256");
	hash.update(bytes.subarray(0, length));
	if (isLast) hashes.delete(stream);
	else hashes.set(stream, hash);
	const answer = {
		bytes,
		digest: isLast ? hash.digest("hex") : null
	};
	parentPort?.postMessage(answer, [bytes.buffer]);
});
export {};
