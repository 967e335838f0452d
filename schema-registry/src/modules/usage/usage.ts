import type { ReportedOperation } from '../../usage-reports/reported-operation.ts';

/** Use of one document by one client in one hour. */
export interface UsageRecord extends ReportedOperation {
  /** Input fields and enum values that variables named, beyond `coordinates`, with the number of requests that did. */
  readonly inputs?: Readonly<Record<string, number>>;
}

/** Who used a coordinate. */
export interface Use {
  readonly operationId: string;
  readonly operationName: string;
  readonly coordinate: string;
  /** The report did not say whether it was used; the document does not exclude it. */
  readonly conservative: boolean;
  readonly clientName: string;
  readonly clientVersion: string;
  readonly requests: number;
}
