import type { AccountWord } from '../contract/account';

const WORDS = ['ask', 'turn', 'sent', 'called', 'full', 'ended'];
const PAYMENTS = ['upload', 'training', 'unknown'];
const CHARGES = ['none', 'charged', 'unknown'];
/** Temporal takes ids of a thousand characters. */
const MAX_LENGTH = 1000;
const MAX_PAYMENTS = 1000;

/** Anybody can signal a workflow: what is no word must not stop the account, nor a wrong number open it. Pure. */
export function isAccountWord(given: unknown): given is AccountWord {
  if (!isObject(given) || !isText(given['id']) || !isAsk(given['ask'])) return false;
  const { word, payments, charge, afterMs, isTraining } = given;
  if (!Array.isArray(payments) || payments.length > MAX_PAYMENTS || !payments.every(isPayment)) return false;
  if (typeof word !== 'string' || !WORDS.includes(word)) return false;
  if (word === 'ended') return typeof charge === 'string' && CHARGES.includes(charge);
  if (word === 'full') return isAmount(afterMs);
  return word !== 'called' || typeof isTraining === 'boolean';
}

function isAsk(given: unknown): boolean {
  if (!isObject(given)) return false;
  const { customer, share, priority, credits, attemptCredits } = given;
  const isNamed = (customer === null || isText(customer)) && typeof share === 'string';
  return isNamed && share.length <= MAX_LENGTH && [priority, credits, attemptCredits].every(isAmount);
}

function isPayment(given: unknown): boolean {
  if (!isObject(given)) return false;
  const { key, what, credits } = given;
  return isText(key) && typeof what === 'string' && PAYMENTS.includes(what) && isAmount(credits);
}

function isObject(given: unknown): given is Record<string, unknown> {
  return typeof given === 'object' && given !== null;
}

function isText(given: unknown): boolean {
  return typeof given === 'string' && given !== '' && given.length <= MAX_LENGTH;
}

function isAmount(given: unknown): boolean {
  return typeof given === 'number' && Number.isFinite(given) && given >= 0;
}
