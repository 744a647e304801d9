// Several files, or a folder, as one ZIP: packed here, not compressed, with relative paths in composed (NFC) form.

import { downloadZip, predictLength } from "client-zip";

const LEFT_BEHIND = /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini|__MACOSX)(\/|$)/;

// What was dropped, folders walked through: [{file, path}].
export async function dropped(transfer) {
  // The list is emptied as soon as this function waits: take everything out first.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return chosen(transfer.files);
  return (await Promise.all(entries.map((entry) => walk(entry)))).flat().filter(isWanted);
}

export function chosen(files) {
  return [...files].map((file) => ({ file, path: file.webkitRelativePath || file.name })).filter(isWanted);
}

function isWanted({ path }) {
  return !LEFT_BEHIND.test(path);
}

export function isFolder(found) {
  return found.length > 1 || found[0]?.path.includes("/");
}

// The ZIP as it will be, known before it is packed: {name, size, lastModified}.
export function packedAs(found, fallbackName) {
  const size = Number(predictLength(found.map(({ file, path }) => ({ name: path.normalize("NFC"), size: file.size }))));
  return { name: nameOf(found, fallbackName), size, lastModified: Math.max(...found.map(({ file }) => file.lastModified)) };
}

// The same files give the same bytes, so that a ZIP packed again after a reload goes on where it stopped.
export async function pack(found, { name, lastModified }) {
  const members = found.map(member).sort((a, b) => (a.name < b.name ? -1 : 1));
  const blob = await downloadZip(members).blob();
  return new File([blob], name, { type: "application/zip", lastModified });
}

function nameOf(found, fallbackName) {
  const folders = new Set(found.map(({ path }) => path.split("/")[0]));
  const isOneFolder = folders.size === 1 && found.every(({ path }) => path.includes("/"));
  return `${(isOneFolder ? [...folders][0] : fallbackName).normalize("NFC")}.zip`;
}

function member({ file, path }) {
  return { name: path.normalize("NFC"), lastModified: new Date(file.lastModified), input: file, size: file.size };
}

async function walk(entry, folder = "") {
  const path = folder + entry.name;
  if (entry.isFile) return [{ file: await new Promise((resolve, reject) => entry.file(resolve, reject)), path }];
  const inside = await everything(entry.createReader());
  return (await Promise.all(inside.map((each) => walk(each, `${path}/`)))).flat();
}

// A reader gives at most 100 at a time.
async function everything(reader) {
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return found;
    found.push(...some);
  }
}
