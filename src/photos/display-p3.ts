import { sharp } from './decoder';

let profile: Promise<Buffer> | null = null;

/** The Display-P3 profile that libvips brings along, for files that only name it. */
export function displayP3(): Promise<Buffer> {
  profile ??= readProfile();
  return profile;
}

async function readProfile(): Promise<Buffer> {
  const picture = sharp({ create: { width: 1, height: 1, channels: 3, background: '#fff' } });
  const { icc } = await sharp(await picture.withIccProfile('p3').png().toBuffer()).metadata();
  if (icc === undefined) throw new TypeError('libvips has no Display-P3 profile');
  return icc;
}
