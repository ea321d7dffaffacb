/** A file may be called anything, and a provider may say anything: no terminal and no page must obey it, nor turn its order around. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '·');
}
