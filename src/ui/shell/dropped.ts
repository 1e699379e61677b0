// What was dropped -> the text files in it, folders opened, in the order of their names. Only their beginnings are read.

export interface DroppedFile {
  /** With its path inside a dropped folder. */
  readonly name: string;
  readonly file: File;
}

/** Bytes that are looked at to tell text from anything else. */
const HEAD = 4096;

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

/** The beginning of a file, as text. */
export function headOf(file: Blob): Promise<string> {
  return file.slice(0, HEAD).text();
}

async function ifText(file: File, name: string): Promise<readonly DroppedFile[]> {
  const head = await headOf(file);
  return head !== '' && !head.includes('\u0000') ? [{ name, file }] : [];
}

async function textsIn(entry: FileSystemEntry): Promise<readonly DroppedFile[]> {
  if (isFile(entry)) return ifText(await fileOf(entry), entry.fullPath.replace(/^\//, ''));
  if (!isFolder(entry) || entry.name.startsWith('.')) return [];
  return (await Promise.all((await entriesOf(entry)).map(textsIn))).flat();
}

/** Binary files and hidden folders are left out. The entries must be asked for before anything is waited for. */
export async function droppedFiles(transfer: DataTransfer): Promise<readonly DroppedFile[]> {
  const entries = Array.from(transfer.items).flatMap((item) => item.webkitGetAsEntry() ?? []);
  const files = entries.length > 0 ? [] : Array.from(transfer.files);
  const loose = files.map((file) => ifText(file, file.name));
  return (await Promise.all([...entries.map(textsIn), ...loose])).flat();
}
