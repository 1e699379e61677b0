// Lines of nft text in a paste: where a ruleset can begin, and how far it goes: as long as braces are open, and on over
// blank lines and comments to the next table or command.

const TABLE_LINE = /^\s*table\s+(?:(?:ip|ip6|inet|arp|bridge|netdev)\s+)?\S+\s*\{/;
const COMMAND_LINE =
  /^\s*(?:(?:sudo\s+)?nft\s+)?(?:add|insert|create|flush|delete)\s+(?:table|chain|rule|ruleset|set|map|element)\b/;
/** What nft prints above the tables of iptables-nft. */
const WARNING_LINE = /^\s*# Warning: table \S+ \S+ is managed by iptables/;
/** What stands in no ruleset: a ruleset that is cut off ends there. */
const FOREIGN_LINE =
  /^\s*(?:\*\w+\s*$|Chain \S+ \(|\[\d{4}-|\{\s*"|\[\s*\{|\S*[$%]\s+\w|\[?\w[\w.-]*@[^\s,]+[#$]\s)/;

/** Whether a line can open such a document: `table inet filter {`, `add table inet filter`. */
export function startsNft(line: string): boolean {
  return (
    TABLE_LINE.test(line) || COMMAND_LINE.test(line) || WARNING_LINE.test(line) || /^#!.*\bnft\b/.test(line)
  );
}

/** How many braces a line leaves open; those in quotes and comments do not count. */
function bracesLeft(line: string): number {
  const bare = line.replace(/"[^"]*"?|#.*/g, '');
  return bare.split('{').length - bare.split('}').length;
}

/** A test for the lines below `first`, asked one after another: whether each can stand in the same document. */
export function nftLines(first: string): (line: string) => boolean {
  let depth = bracesLeft(first);
  return (line) => {
    const belongs = depth > 0 || line.trim() === '' || /^\s*#/.test(line) || startsNft(line);
    if (!belongs || FOREIGN_LINE.test(line)) return false;
    depth = Math.max(0, depth + bracesLeft(line));
    return true;
  };
}
