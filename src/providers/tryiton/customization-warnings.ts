/** "Don't overdo it", says the page, and shows three. */
const MANY = 5;
const NEGATIVE = /^(no|not|without|never)\b|n['’]t\b/i;

/**
 * What a person should know about customizations before they train: negatives need not be said and may confuse, and a
 * long list limits the result. https://api.tryitonai.com/api-reference/model/post-train-model
 */
export function customizationWarnings(customizations: readonly string[]): string[] {
  const negative = customizations.filter((one) => NEGATIVE.test(one.trim()));
  return [
    ...negative.map(
      (one) => `"${one}" says what is not there; leave it out, TryItOn wants features that the photos show`,
    ),
    ...(customizations.length > MANY
      ? [`${customizations.length} customizations limit the result; TryItOn advises a few, such as three`]
      : []),
  ];
}
