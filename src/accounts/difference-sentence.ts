/** What is to be said of `unexplained`, to a person. */
export function differenceSentence(credits: number): string {
  if (credits === 0) return "the provider's balance moved by what is on the ledger, to the credit";
  return credits < 0
    ? `the provider's balance fell by ${-credits} credits more than the ledger says: something else uses the account, or an answer is outstanding`
    : `the provider's balance is ${credits} credits higher than the ledger says: it was topped up, or refunded there`;
}
