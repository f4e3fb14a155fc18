/** GEXF 1.3 (https://gexf.net): a directed graph in XML, which Gephi and NetworkX read. */
import type { Output } from '../encoding/byte-buffer.ts';
import { encodeText } from '../encoding/lines.ts';
import { createTimeWriter, MAX_NUMBER_LENGTH, writeCount } from '../encoding/write-bytes.ts';
import { writeXmlAttribute } from '../encoding/xml-attribute.ts';
import type { EncodeGraph, GraphEdge, GraphNode } from '../graph.ts';

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
`;
const ATTRIBUTES = `<graph mode="static" defaultedgetype="directed" idtype="string">
<attributes class="node">
<attribute id="name" title="name" type="string"/>
<attribute id="followers" title="followers" type="long"/>
<attribute id="following" title="following" type="long"/>
<attribute id="verified" title="verified" type="boolean"/>
<attribute id="profile" title="profile" type="boolean"/>
</attributes>
<attributes class="edge">
<attribute id="relation" title="relation" type="string"/>
<attribute id="followed_after" title="followed_after" type="string"/>
<attribute id="followed_before" title="followed_before" type="string"/>
</attributes>
<nodes>
`;
const BETWEEN = '</nodes>\n<edges>\n';
const TAIL = '</edges>\n</graph>\n</gexf>\n';

function writeMeta(output: Output, day: string, description: string): void {
  output.text(`<meta lastmodifieddate="${day}">\n<creator>Followledger</creator>\n<description>`);
  // Where attributes need escapes, so do elements.
  writeXmlAttribute(output, description);
  output.text('</description>\n</meta>\n');
}

/** Constant parts, encoded once: a graph has millions of each. */
function open(name: string): Uint8Array<ArrayBuffer> {
  return encodeText(`<attvalue for="${name}" value="`);
}
const OPEN = {
  name: open('name'),
  followers: open('followers'),
  following: open('following'),
  verified: open('verified'),
  profile: open('profile'),
  relation: open('relation'),
  followedAfter: open('followed_after'),
  followedBefore: open('followed_before'),
} as const;
const CLOSE = encodeText('"/>');
const NODE = encodeText('<node id="');
const LABEL = encodeText('" label="');
const EDGE = encodeText('<edge id="');
const SOURCE = encodeText('" source="');
const TARGET = encodeText('" target="');
const VALUES = encodeText('"><attvalues>');
const END_NODE = encodeText('</attvalues></node>\n');
const END_EDGE = encodeText('</attvalues></edge>\n');

function writeText(output: Output, name: keyof typeof OPEN, value: string | null): void {
  if (value === null) return;
  output.bytes(OPEN[name]);
  writeXmlAttribute(output, value);
  output.bytes(CLOSE);
}

function writeNumber(output: Output, value: number): void {
  output.at = writeCount(output.reserve(MAX_NUMBER_LENGTH), output.at, value);
}

/** Counts are whole numbers in GEXF. A provider's may be any number. */
function writeWhole(output: Output, name: keyof typeof OPEN, value: number | null): void {
  if (value === null || !Number.isSafeInteger(value)) return;
  output.bytes(OPEN[name]);
  writeNumber(output, value);
  output.bytes(CLOSE);
}

function writeFlag(output: Output, name: keyof typeof OPEN, value: boolean | null): void {
  if (value !== null) writeText(output, name, value ? 'true' : 'false');
}

function writeNode(output: Output, node: GraphNode): void {
  output.bytes(NODE);
  writeXmlAttribute(output, node.id);
  output.bytes(LABEL);
  writeXmlAttribute(output, node.label);
  output.bytes(VALUES);
  writeText(output, 'name', node.name);
  writeWhole(output, 'followers', node.followers);
  writeWhole(output, 'following', node.following);
  writeFlag(output, 'verified', node.verified);
  writeFlag(output, 'profile', node.isProfile);
  output.bytes(END_NODE);
}

type WriteTime = ReturnType<typeof createTimeWriter>;

function writeEdge(output: Output, edge: GraphEdge, number: number, writeTime: WriteTime): void {
  const time = (name: keyof typeof OPEN, value: number | null): void => {
    if (value === null) return;
    output.bytes(OPEN[name]);
    output.at = writeTime(output.reserve(MAX_NUMBER_LENGTH), output.at, value);
    output.bytes(CLOSE);
  };
  output.bytes(EDGE);
  writeNumber(output, number);
  output.bytes(SOURCE);
  writeXmlAttribute(output, edge.source);
  output.bytes(TARGET);
  writeXmlAttribute(output, edge.target);
  output.bytes(VALUES);
  writeText(output, 'relation', edge.relation);
  time('followedAfter', edge.followedAfter);
  time('followedBefore', edge.followedBefore);
  output.bytes(END_EDGE);
}

export const encode: EncodeGraph = async ({ day, description, nodes, edges }, output) => {
  output.text(HEAD);
  writeMeta(output, day, description);
  output.text(ATTRIBUTES);
  for await (const batch of nodes()) for (const node of batch) writeNode(output, node);
  output.text(BETWEEN);
  let number = 0;
  const writeTime = createTimeWriter();
  for await (const batch of edges()) {
    for (const edge of batch) {
      writeEdge(output, edge, number, writeTime);
      number += 1;
    }
  }
  output.text(TAIL);
};
