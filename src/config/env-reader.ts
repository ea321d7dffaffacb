import { parseDurationMs } from '../duration';

export class ConfigError extends Error {
  override name = 'ConfigError' as const;

  constructor(readonly problems: readonly string[]) {
    super(`The environment is not right:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

/** Node's timers hold no more: what is longer would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Reads typed values by name and collects what is wrong, so that a person mends everything at once. A value that is
 * wrong reads as null until `throwIfWrong`. An empty variable counts as absent, as in a Compose file.
 */
export class EnvReader {
  readonly #problems: string[] = [];

  constructor(private readonly env: Readonly<Record<string, string | undefined>>) {}

  text(name: string): string | null {
    const value = this.env[name]?.trim();
    return value === undefined || value === '' ? null : value;
  }

  /** Like `text`, but what is wrong with it is never printed. A key with a blank or control character is a paste error. */
  secret(name: string): string | null {
    const value = this.text(name);
    if (value !== null && !/^[\x21-\x7e]+$/.test(value)) {
      this.#problems.push(`${name}: expected printable characters without blanks (the value is not shown)`);
      return null;
    }
    return value;
  }

  /** Comma-separated, each at least so long that nobody guesses it; empty where there are none. */
  secrets(name: string, { minLength }: { minLength: number }): readonly string[] {
    const given = this.secret(name);
    if (given === null) return [];
    const all = given.split(',').filter((one) => one !== '');
    if (all.length > 0 && all.every((one) => one.length >= minLength)) return all;
    this.#problems.push(
      `${name}: expected secrets of at least ${minLength} characters, separated by commas (the value is not shown)`,
    );
    return [];
  }

  /** A rule that ties variables to each other. */
  demand(isMet: boolean, problem: string): void {
    if (!isMet) this.#problems.push(problem);
  }

  count(name: string, { min }: { min: number }): number | null {
    const value = this.text(name);
    if (value === null) return null;
    const number = Number(value);
    if (Number.isSafeInteger(number) && number >= min) return number;
    return this.#wrong(name, `a whole number from ${min}`, value);
  }

  duration(name: string, { maxMs = LONGEST_TIMER_MS }: { maxMs?: number } = {}): number | null {
    const value = this.text(name);
    if (value === null) return null;
    const ms = parseDurationMs(value);
    if (ms === null) return this.#wrong(name, 'a duration such as 500ms, 15s, 5m or 6h', value);
    if (ms < 1 || ms > maxMs) {
      const longest = maxMs === LONGEST_TIMER_MS ? '24d' : `${maxMs / 1000}s`;
      return this.#wrong(name, `a duration from 1ms to ${longest}`, value);
    }
    return ms;
  }

  choice<T extends string>(name: string, allowed: readonly T[]): T | null {
    const value = this.text(name);
    if (value === null) return null;
    return allowed.find((one) => one === value) ?? this.#wrong(name, `one of ${allowed.join(', ')}`, value);
  }

  list<T extends string>(name: string, allowed: readonly T[]): readonly T[] | null {
    const value = this.text(name);
    if (value === null) return null;
    const items = value.split(',').map((item) => allowed.find((one) => one === item.trim()));
    if (items.every((item) => item !== undefined)) return [...new Set(items)];
    return this.#wrong(name, `a comma-separated list of ${allowed.join(', ')}`, value);
  }

  /** `a=x,b=y`, each name and each value out of a list; a name that comes twice has its last value. */
  assignments<N extends string, V extends string>(
    name: string,
    names: readonly N[],
    values: readonly V[],
  ): readonly (readonly [N, V])[] | null {
    const text = this.text(name);
    if (text === null) return null;
    const pairs = text.split(',').map((item) => {
      const [left, right, ...rest] = item.split('=').map((part) => part.trim());
      const key = names.find((one) => one === left);
      const value = values.find((one) => one === right);
      return key === undefined || value === undefined || rest.length > 0 ? null : ([key, value] as const);
    });
    const good = pairs.filter((pair) => pair !== null);
    if (good.length === pairs.length) return good;
    return this.#wrong(
      name,
      `a comma-separated list of NAME=VALUE, NAME one of ${names.join(', ')}, VALUE one of ${values.join(', ')}`,
      text,
    );
  }

  /** @param parse null where the text is not what was expected */
  parsed<T>(name: string, expected: string, parse: (text: string) => T | null): T | null {
    const value = this.text(name);
    return value === null ? null : (parse(value) ?? this.#wrong(name, expected, value));
  }

  url(name: string): string | null {
    const value = this.text(name);
    if (value === null) return null;
    // What may hold a password is not printed, even where it cannot be parsed.
    const shown = value.includes('@') ? '(not shown)' : value;
    const url = URL.canParse(value) ? new URL(value) : null;
    if (url === null || !['http:', 'https:'].includes(url.protocol)) {
      return this.#wrong(name, 'an http or https URL', shown);
    }
    if (url.username !== '' || url.password !== '') {
      return this.#wrong(name, 'a URL without credentials in it', shown);
    }
    if (/[?#]/.test(value))
      return this.#wrong(name, 'a URL without "?" and "#", paths are added to it', shown);
    return value.replace(/\/+$/, '');
  }

  /** A path below a base URL. @param placeholder what must stand in it, or null */
  path(name: string, placeholder: string | null): string | null {
    const value = this.text(name);
    if (value === null) return null;
    const isPath = /^\/[\x21-\x7e]*$/.test(value) && !value.includes('#');
    if (isPath && (placeholder === null || value.includes(placeholder))) return value;
    return this.#wrong(
      name,
      `a path that begins with "/"${placeholder === null ? '' : ` and holds ${placeholder}`}`,
      value,
    );
  }

  throwIfWrong(): void {
    if (this.#problems.length > 0) throw new ConfigError(this.#problems);
  }

  #wrong(name: string, expected: string, received: string): null {
    this.#problems.push(`${name}: expected ${expected}, received "${received}"`);
    return null;
  }
}
