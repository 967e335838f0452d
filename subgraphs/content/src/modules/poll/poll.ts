/** What a post asks those who read it. */
export interface Poll {
  readonly postId: string;
  readonly multiple: boolean;
  readonly closesAt: Date | null;
  readonly voterCount: number;
  readonly options: readonly PollOption[];
}

export interface PollOption {
  readonly id: string;
  readonly text: string;
  readonly voteCount: number;
}

export interface NewPoll {
  readonly options: readonly string[];
  readonly multiple: boolean;
  readonly closesAt: Date | null;
}
