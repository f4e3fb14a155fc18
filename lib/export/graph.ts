/** The interface of the encoders of graphs: one file each in `graph-formats/`, all streaming. */
import type { Relation } from '../model/platform.ts';
import type { Output } from './encoding/byte-buffer.ts';

/** An account. IDs are texts with the platform in front: `x:123`. */
export interface GraphNode {
  readonly id: string;
  readonly label: string;
  readonly name: string | null;
  readonly followers: number | null;
  readonly following: number | null;
  readonly verified: boolean | null;
  /** Whether one of the lists is this account's. */
  readonly isProfile: boolean;
}

/** The source follows the target. */
export interface GraphEdge {
  readonly source: string;
  readonly target: string;
  /** Of the list that states it. */
  readonly relation: Relation;
  /** Epoch milliseconds; `null` is unknown. */
  readonly followedAfter: number | null;
  readonly followedBefore: number | null;
}

export interface Graph {
  /** The lists that it was made from. */
  readonly description: string;
  /** The day on which it is written, UTC. */
  readonly day: string;
  /** Each node once, in batches. */
  readonly nodes: () => AsyncIterable<readonly GraphNode[]>;
  /** Each edge once, in batches. */
  readonly edges: () => AsyncIterable<readonly GraphEdge[]>;
}

/** Encodes a graph as the file's bytes. */
export type EncodeGraph = (graph: Graph, output: Output) => Promise<void>;
