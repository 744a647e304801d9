// Several files, or a folder, as one ZIP: packed here, not compressed, with relative paths in composed (NFC) form.

import { downloadZip, predictLength } from "client-zip";

const LEFT_BEHIND = /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini|__MACOSX)(\/|$)/;

// What was dropped, folders walked through: [{file, path}].
export async function dropped(transfer) {
  // The list is emptied as soon as this function waits: take everything out first.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return chosen(transfer.files);
  return (await Promise.all(entries.map((entry) => walk(entry)))).flat();
}

export function chosen(files) {
  return [...files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
}

export function isFolder(found) {
  return found.length > 1 || found[0]?.path.includes("/");
}

// The same files give the same bytes, so that a ZIP packed again after a reload goes on where it stopped.
export async function pack(found, fallbackName) {
  const wanted = found.filter(({ path }) => !LEFT_BEHIND.test(path));
  const members = wanted.map(member).sort((a, b) => (a.name < b.name ? -1 : 1));
  const blob = await downloadZip(members).blob();
  const lastModified = Math.max(...wanted.map(({ file }) => file.lastModified));
  return new File([blob], nameOf(wanted, fallbackName), { type: "application/zip", lastModified });
}

export function packedSize(found) {
  return Number(predictLength(found.map(({ file, path }) => ({ name: path.normalize("NFC"), size: file.size }))));
}

export function nameOf(found, fallbackName) {
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
