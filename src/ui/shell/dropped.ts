// What was dropped -> the texts in it, folders opened, in the order of their names.

export interface DroppedText {
  /** With its path inside a dropped folder. */
  readonly name: string;
  readonly text: string;
}

/** Larger files are no captures of a pod. Bytes. */
const LARGEST = 200 * 1024 * 1024;

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });
}

/** A folder tells its entries in portions; an empty one is the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const next = () =>
    new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
  const found: FileSystemEntry[] = [];
  for (let portion = await next(); portion.length > 0; portion = await next()) found.push(...portion);
  return found.toSorted((a, b) => a.name.localeCompare(b.name));
}

async function textOf(file: File, name: string): Promise<readonly DroppedText[]> {
  const text = file.size > LARGEST ? '' : await file.text();
  const isText = text !== '' && !text.slice(0, 4096).includes('\u0000');
  return isText ? [{ name, text }] : [];
}

async function textsOf(entry: FileSystemEntry): Promise<readonly DroppedText[]> {
  if (isFile(entry)) {
    const file = await fileOf(entry);
    return textOf(file, entry.fullPath.replace(/^\//, ''));
  }
  if (!isFolder(entry) || entry.name.startsWith('.')) return [];
  return (await Promise.all((await entriesOf(entry)).map(textsOf))).flat();
}

/** Binary files and hidden folders are left out. The entries must be asked for before anything is waited for. */
export async function droppedTexts(transfer: DataTransfer): Promise<readonly DroppedText[]> {
  const entries = Array.from(transfer.items).flatMap((item) => item.webkitGetAsEntry() ?? []);
  const files = entries.length > 0 ? [] : Array.from(transfer.files);
  const loose = files.map((file) => textOf(file, file.name));
  return (await Promise.all([...entries.map(textsOf), ...loose])).flat();
}
