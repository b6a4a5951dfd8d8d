// Proofs of a record, checked from their bytes alone: RFC 6962 trees, C2SP checkpoints and proofs. Nothing here asks
// a server; every function is given bytes or text and throws, or answers false, where they do not hold.

const HASH = 32;
const utf8 = new TextEncoder();

export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export const same = (one, other) => hex(one) === hex(other);

export const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(parts)));

export const leafHash = (envelope) => sha256(Uint8Array.of(0), envelope);

const nodeHash = (left, right) => sha256(Uint8Array.of(1), left, right);

function joined(parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function unhex(text) {
  if (!/^([0-9a-f]{2})*$/.test(text)) throw new Error("not hexadecimal");
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export function fromBase64(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  if (btoa(String.fromCharCode(...bytes)) !== text) throw new Error("not base64 as it must be written");
  return bytes;
}

function whole(text) {
  if (!/^(0|[1-9][0-9]{0,14})$/.test(text)) throw new Error("not a whole number");
  return Number(text);
}

// A checkpoint: the origin, the size and the root, then a blank line and the signatures over all before it.
export function parseCheckpoint(note) {
  const end = note.lastIndexOf("\n\n");
  if (end < 0) throw new Error("not a signed note");
  const text = note.slice(0, end + 1);
  const [origin, size, root, ...more] = text.split("\n");
  if (!origin || more.length !== 1 || more[0] !== "") throw new Error("not a checkpoint");
  const found = { text, origin, size: whole(size), root: fromBase64(root), signatures: [] };
  if (found.root.length !== HASH) throw new Error("not a root");
  for (const line of note.slice(end + 2).split("\n").slice(0, -1)) {
    const match = /^— ([^ +]+) ([A-Za-z0-9+/]+=*)$/.exec(line);
    if (!match) throw new Error("a signature line is malformed");
    found.signatures.push({ name: match[1], bytes: fromBase64(match[2]) });
  }
  return found;
}

// A public key as NAME+KEYID+BASE64(1 and 32 bytes); its id is the first four bytes of SHA-256(NAME, newline, key).
export async function parseKey(text) {
  const [, name, identifier, encoded] = /^([^ +]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  if (!name) throw new Error("not a key");
  const key = fromBase64(encoded);
  const digest = await sha256(utf8.encode(`${name}\n`), key);
  if (key.length !== 33 || key[0] !== 1 || hex(digest.slice(0, 4)) !== identifier) throw new Error("not a key");
  return { name, identifier, key: key.slice(1), text };
}

// True or false; null where this browser knows no Ed25519.
export async function isSigned(checkpoint, keys) {
  let known = null;
  let signed = false;
  for (const { name, bytes } of checkpoint.signatures) {
    const key = keys.find((each) => each.name === name && each.identifier === hex(bytes.slice(0, 4)));
    if (!key) continue;
    try {
      known = await crypto.subtle.importKey("raw", key.key, { name: "Ed25519" }, false, ["verify"]);
    } catch {
      return null;
    }
    const holds = await crypto.subtle.verify({ name: "Ed25519" }, known, bytes.slice(4), utf8.encode(checkpoint.text));
    if (!holds) return false;
    signed = true;
  }
  return signed;
}

export function parseInclusion(text) {
  const match = /^c2sp\.org\/tlog-proof@v1\n(?:extra [^\n]*\n)?index ([0-9]+)\n((?:[A-Za-z0-9+/]{43}=\n)*)\n([^]+)$/.exec(text);
  if (!match) throw new Error("not a proof");
  return { index: whole(match[1]), hashes: hashesOf(match[2]), head: match[3] };
}

export function parseConsistency(text) {
  const match = /^old ([0-9]+)\n((?:[A-Za-z0-9+/]{43}=\n)*)\n([^]+)$/.exec(text);
  if (!match) throw new Error("not a proof");
  return { old: whole(match[1]), hashes: hashesOf(match[2]), head: match[3] };
}

const hashesOf = (lines) => lines.split("\n").slice(0, -1).map(fromBase64);

// RFC 9162, 2.1.3.2: whether the path leads from a leaf to the root. Halving by arithmetic: bits would stop at 2^31.
export async function includes(index, size, leaf, path, root) {
  if (index >= size) return false;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of path) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = await nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else {
      hash = await nodeHash(hash, sibling);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && same(hash, root);
}

// RFC 9162, 2.1.4.2: whether a tree of `size` only added to one of `old`.
export async function extendsHead(old, oldRoot, size, root, given) {
  if (old < 1 || old > size) return false;
  if (old === size) return given.length === 0 && same(oldRoot, root);
  const path = isPowerOfTwo(old) ? [oldRoot, ...given] : [...given];
  if (path.length === 0) return false;
  let [node, last] = [old - 1, size - 1];
  while (node % 2 === 1) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  let [before, after] = [path[0], path[0]];
  for (const sibling of path.slice(1)) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      before = await nodeHash(sibling, before);
      after = await nodeHash(sibling, after);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else {
      after = await nodeHash(after, sibling);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && same(before, oldRoot) && same(after, root);
}

function isPowerOfTwo(number) {
  let left = number;
  while (left % 2 === 0) left /= 2;
  return left === 1;
}

// Whether salt and payload, as "HEX\nJSON", are what an envelope commits to.
export async function commits(envelope, sealed) {
  const at = sealed.indexOf(10);
  const salt = unhex(new TextDecoder().decode(sealed.slice(0, at)));
  return at > 0 && hex(await sha256(salt, sealed.slice(at + 1))) === JSON.parse(new TextDecoder().decode(envelope)).payload;
}
