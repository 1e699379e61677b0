// Texts to and from files of the reader's machine. Nothing leaves the page.

/** Hands a text (or a picture) to the browser's download. */
export function download(name: string, content: string | Blob, type = 'text/plain'): void {
  const blob = content instanceof Blob ? content : new Blob([content], { type: `${type};charset=utf-8` });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A file name from a title: what no file system minds. */
export function fileNameOf(title: string, ending: string): string {
  const name = title.replace(/[\\/:*?"<>|\s]+/g, '-').replace(/^-+|-+$/g, '');
  return `${name === '' ? 'sidetrace' : name}.${ending}`;
}

/** Whether the text went to the clipboard; a page may be forbidden to. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
