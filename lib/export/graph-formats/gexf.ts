/** GEXF 1.3 (https://gexf.net): a directed graph in XML, which Gephi and NetworkX read. */
import type { Output } from '../encoding/byte-buffer.ts';
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

function writeValue(output: Output, name: string, value: string | number | boolean | null): void {
  if (value === null) return;
  output.text(`<attvalue for="${name}" value="`);
  if (typeof value === 'string') writeXmlAttribute(output, value);
  else output.text(String(value));
  output.text('"/>');
}

/** Counts are whole numbers in GEXF. A provider's may be any number. */
function whole(count: number | null): number | null {
  return Number.isSafeInteger(count) ? count : null;
}

function writeNode(output: Output, node: GraphNode): void {
  output.text('<node id="');
  writeXmlAttribute(output, node.id);
  output.text('" label="');
  writeXmlAttribute(output, node.label);
  output.text('"><attvalues>');
  writeValue(output, 'name', node.name);
  writeValue(output, 'followers', whole(node.followers));
  writeValue(output, 'following', whole(node.following));
  writeValue(output, 'verified', node.verified);
  writeValue(output, 'profile', node.isProfile);
  output.text('</attvalues></node>\n');
}

function isoOf(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}

function writeEdge(output: Output, edge: GraphEdge, number: number): void {
  output.text(`<edge id="${String(number)}" source="`);
  writeXmlAttribute(output, edge.source);
  output.text('" target="');
  writeXmlAttribute(output, edge.target);
  output.text('"><attvalues>');
  writeValue(output, 'relation', edge.relation);
  writeValue(output, 'followed_after', isoOf(edge.followedAfter));
  writeValue(output, 'followed_before', isoOf(edge.followedBefore));
  output.text('</attvalues></edge>\n');
}

export const encode: EncodeGraph = async ({ day, description, nodes, edges }, output) => {
  output.text(HEAD);
  writeMeta(output, day, description);
  output.text(ATTRIBUTES);
  for await (const batch of nodes()) for (const node of batch) writeNode(output, node);
  output.text(BETWEEN);
  let number = 0;
  for await (const batch of edges()) {
    for (const edge of batch) {
      writeEdge(output, edge, number);
      number += 1;
    }
  }
  output.text(TAIL);
};
