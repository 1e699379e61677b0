// Whether a line is something that a person wrote to be read. Only asked where it could as well be a command's output.

const WIDE = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;
/** Words that hold English sentences together, and rarely stand in what a tool prints. */
const GLUE =
  /\b(?:the|is|are|was|were|this|that|these|we|you|i|my|it|its|our|then|now|here|so|but|because|why|how|what|which|when|let|should|can)\b/gi;

const BULLET = /^(?:[•·*–]\s|\d+[.)、]\s)/;

/** Chinese that is no list of flags, words of an English sentence, or an item of an author's list; none is indented. */
export function isSentence(line: string): boolean {
  const text = line.trim();
  if (BULLET.test(text) || text.endsWith('?')) return true;
  if (/^ {2,}/.test(line)) return false;
  if (WIDE.test(text)) return !/^(?:-|"|\S+\s*[:=]\s*\S)/.test(text);
  const words = text.split(/\s+/).length;
  const glue = text.match(GLUE)?.length ?? 0;
  return words >= 3 && glue * 6 >= words && /^[A-Z“"'(*`_]|[.:?!,]$/.test(text);
}

const ANNOUNCEMENT =
  /\b(?:outputs?|results?|prints?|returns?|shows?|gives?|get|see)\b|输出|结果|返回|显示|如下|得到|看到/i;

/** Words between a command and what it printed: `Output:`, `输出如下：`. */
export function announcesOutput(prose: string): boolean {
  return prose.length <= 60 && /[:：]\s*\**$/.test(prose.trim()) && ANNOUNCEMENT.test(prose);
}

/** A comment in a terminal: it says something of the command above it, or of its output. */
export function isRemark(prose: string): boolean {
  return /^\s*(?:#|\/\/)\s/.test(prose) && !prose.trim().includes('\n');
}
