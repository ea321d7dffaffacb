/** What the signal `evidence` carries: a delivery of the provider on the webhook address of one attempt. */
export interface Evidence {
  attempt: number;
  /** Out of the address; it is compared with the record of the attempt. */
  token: string;
  /** Out of the delivery. */
  trainingId: string;
}
