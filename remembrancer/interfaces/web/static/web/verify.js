// Verifies the record in this browser: fetches envelope, proof and head as bytes and believes nothing else. Works on
// every element with data-verify; what it says stands in the page already, in the page's language.

import * as proof from "./proof.js";

const bytesOf = async (address) => {
  const answer = await fetch(address, { cache: "no-store", credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
};
const textOf = async (address) => new TextDecoder("utf-8", { fatal: true }).decode(await bytesOf(address));

const kept = {
  name: (origin) => `remembrancer head ${origin}`,
  read(origin) {
    try {
      return JSON.parse(localStorage.getItem(kept.name(origin)));
    } catch {
      return null;
    }
  },
  write: (origin, head) => localStorage.setItem(kept.name(origin), JSON.stringify(head)),
  forget: (origin) => localStorage.removeItem(kept.name(origin)),
};

// Each step answers true, false, or null where it could not be taken; what throws has failed.
async function step(place, name, check) {
  const line = place.querySelector(`[data-step="${name}"]`);
  if (!line) return true;
  line.hidden = false;
  let result = false;
  try {
    result = await check();
  } catch (error) {
    console.warn(name, error);
  }
  const told = result === null ? "cannot" : result ? "holds" : "fails";
  const said = line.querySelector("[data-result]");
  said.textContent = place.dataset[told];
  said.className = `label ${{ holds: "good", fails: "bad", cannot: "warn" }[told]}`;
  line.dataset.state = told;
  return result !== false;
}

async function verified(place) {
  const found = {};
  const told = place.dataset;
  const all = [];
  const take = async (name, check) => all.push(await step(place, name, check));
  if (told.envelope) {
    await take("envelope", async () => {
      found.envelope = await bytesOf(told.envelope);
      found.leaf = await proof.leafHash(found.envelope);
      return describe(place, found.envelope, found.leaf);
    });
    if (told.payload) await take("payload", async () => proof.commits(found.envelope, await bytesOf(told.payload)));
    await take("inclusion", async () => {
      const given = proof.parseInclusion(await textOf(told.proof));
      found.note = given.head;
      found.head = proof.parseCheckpoint(given.head);
      if (given.index !== Number(told.entry)) return false;
      return proof.includes(given.index, found.head.size, found.leaf, given.hashes, found.head.root);
    });
  } else {
    await take("head", async () => {
      found.note = await textOf(told.checkpoint);
      found.head = proof.parseCheckpoint(found.note);
      return true;
    });
  }
  await take("signature", () => signature(told, found));
  await take("kept", () => extension(told, found));
  conclude(place, all.every(Boolean), found);
}

// What the entry's page says must be what its envelope says.
function describe(place, envelope, leaf) {
  const told = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(envelope));
  place.querySelector("[data-envelope-text]").textContent = new TextDecoder().decode(envelope);
  place.querySelector("[data-leaf]").textContent = proof.hex(leaf);
  return ["kind", "at", "by", "class"].every((name) => told[name] === place.dataset[`said${name}`]);
}

async function signature(told, found) {
  if (found.head.origin !== told.origin) return false;
  const lines = (await textOf(told.keys)).trim().split("\n");
  found.keys = await Promise.all(lines.map(proof.parseKey));
  const before = kept.read(told.origin);
  if (before && !before.keys.some((key) => lines.includes(key))) return false;
  return proof.isSigned(found.head, found.keys);
}

async function extension(told, found) {
  const before = kept.read(told.origin);
  if (!before) return null;
  const old = proof.parseCheckpoint(before.note);
  if (old.size === found.head.size) return proof.same(old.root, found.head.root);
  const given = proof.parseConsistency(await textOf(told.extends.slice(0, -1) + old.size));
  const head = proof.parseCheckpoint(given.head);
  if (given.old !== old.size || !(await leadsTo(head, found, told))) return false;
  return proof.extendsHead(old.size, old.root, head.size, head.root, given.hashes);
}

// The head of a second proof is the first's, or a signed one of the same log that has grown meanwhile.
async function leadsTo(head, found, told) {
  if (head.size === found.head.size) return proof.same(head.root, found.head.root);
  return head.size > found.head.size && head.origin === told.origin && (await proof.isSigned(head, found.keys ?? [])) !== false;
}

function conclude(place, holds, found) {
  const verdict = place.querySelector("[data-verdict]");
  verdict.hidden = false;
  verdict.className = `notice ${holds ? "good" : "bad"}`;
  verdict.textContent = holds ? place.dataset.allholds : place.dataset.somefails;
  place.found = holds ? found : null;
  shown(place);
}

// Which of the two buttons about the head that is kept here can be pressed.
function shown(place) {
  const before = kept.read(place.dataset.origin);
  const remember = place.querySelector("[data-remember]");
  const forget = place.querySelector("[data-forget]");
  if (!remember || !forget) return;
  remember.hidden = !place.found?.head;
  forget.hidden = !before;
  const size = place.querySelector("[data-kept-size]");
  size.hidden = !before;
  if (before) size.querySelector("[data-number]").textContent = proof.parseCheckpoint(before.note).size;
}

for (const place of document.querySelectorAll("[data-verify]")) {
  const { origin } = place.dataset;
  const button = place.querySelector("[data-begin]");
  button.hidden = false;
  shown(place);
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await verified(place);
    } finally {
      button.disabled = false;
    }
  });
  place.querySelector("[data-remember]")?.addEventListener("click", () => {
    kept.write(origin, { note: place.found.note, keys: place.found.keys.map((key) => key.text) });
    shown(place);
  });
  place.querySelector("[data-forget]")?.addEventListener("click", () => {
    kept.forget(origin);
    shown(place);
  });
}
