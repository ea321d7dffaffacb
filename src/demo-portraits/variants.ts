import type { Rgb } from './canvas';
import type { Storage } from './encode-portrait';
import type { PortraitSpec } from './portrait';

export interface Variant {
  name: string;
  spec: PortraitSpec;
  storage: Storage;
}

const RED: Rgb = [186, 62, 58];
const NAVY: Rgb = [48, 66, 104];
const MUSTARD: Rgb = [214, 162, 62];
const TEAL: Rgb = [44, 122, 120];
const CREAM: Rgb = [236, 226, 208];
const PLUM: Rgb = [112, 66, 104];

const look = (turn: number, smile: number, gaze: number, teeth = false) => ({ turn, smile, gaze, teeth });
const size = (width: number, height: number) => ({ width, height });
const place = (head: number, x: number, y: number, tilt: number) => ({ head, x, y, tilt });

const GARDEN: PortraitSpec = {
  ...size(1280, 960),
  ...place(0.27, -0.16, 0.46, -0.1),
  backdrop: 'garden',
  outfit: 'tee',
  color: RED,
  expression: look(0.5, 1, 0.3, true),
};

/** Twelve good photos in the ways phones and editors store them, then one of them mirrored and one that breaks off. */
export const VARIANTS: readonly Variant[] = [
  {
    name: '01-studio.jpg',
    storage: { as: 'jpeg' },
    spec: {
      ...size(900, 1200),
      ...place(0.3, 0, 0.56, 0),
      backdrop: 'studio',
      outfit: 'shirt',
      color: CREAM,
      expression: look(0, 0.6, 0),
    },
  },
  {
    name: '02-garden.jpg',
    storage: { as: 'jpeg', gps: true },
    spec: GARDEN,
  },
  {
    name: '03-beach-turned.jpg',
    storage: { as: 'jpeg', orientation: 6 },
    spec: {
      ...size(900, 1200),
      ...place(0.26, 0.05, 0.62, 0.08),
      backdrop: 'beach',
      outfit: 'sweater',
      color: NAVY,
      expression: look(-0.4, 0.9, -0.2, true),
    },
  },
  {
    name: '04-window.png',
    storage: { as: 'png' },
    spec: {
      ...size(800, 800),
      ...place(0.26, -0.1, 0.44, 0.05),
      backdrop: 'window',
      outfit: 'shirt',
      color: TEAL,
      expression: look(0.6, 0.5, 0.6),
    },
  },
  {
    name: '05-cutout.png',
    storage: { as: 'png' },
    spec: {
      ...size(1000, 800),
      ...place(0.27, 0.22, 0.46, -0.08),
      backdrop: 'cutout',
      outfit: 'jacket',
      color: NAVY,
      expression: look(0, 0.8, 0, true),
    },
  },
  {
    name: '06-evening.webp',
    storage: { as: 'webp' },
    spec: {
      ...size(1200, 800),
      ...place(0.28, 0.2, 0.48, 0.1),
      backdrop: 'evening',
      outfit: 'jacket',
      color: PLUM,
      expression: look(-0.6, 0.7, -0.4),
    },
  },
  {
    name: '07-glasses.jpg',
    storage: { as: 'jpeg' },
    spec: {
      ...size(960, 960),
      ...place(0.3, 0, 0.48, 0.04),
      backdrop: 'shelf',
      outfit: 'sweater',
      color: MUSTARD,
      expression: look(0.2, 0.6, 0.1),
      glasses: true,
    },
  },
  {
    name: '08-upside-down.jpg',
    storage: { as: 'jpeg', orientation: 3 },
    spec: {
      ...size(1200, 800),
      ...place(0.27, 0, 0.47, -0.06),
      backdrop: 'window',
      outfit: 'tee',
      color: MUSTARD,
      expression: look(-0.3, 1, 0, true),
    },
  },
  {
    name: '09-winter.jpg',
    storage: { as: 'jpeg' },
    spec: {
      ...size(800, 1200),
      ...place(0.28, 0, 0.68, 0.02),
      backdrop: 'studio',
      outfit: 'jacket',
      color: TEAL,
      expression: look(0, 0.7, 0),
      hat: RED,
    },
  },
  {
    name: '10-large.jpg',
    storage: { as: 'jpeg' },
    spec: {
      ...size(1800, 2400),
      ...place(0.3, 0.04, 0.62, 0.07),
      backdrop: 'garden',
      outfit: 'shirt',
      color: NAVY,
      expression: look(0.3, 0.8, 0.2),
    },
  },
  {
    name: '11-left.jpg',
    storage: { as: 'jpeg', orientation: 8 },
    spec: {
      ...size(800, 1200),
      ...place(0.29, -0.04, 0.6, -0.09),
      backdrop: 'evening',
      outfit: 'tee',
      color: TEAL,
      expression: look(-0.7, 0.4, -0.7),
      glasses: true,
    },
  },
  {
    name: '12-sunny.webp',
    storage: { as: 'webp' },
    spec: {
      ...size(600, 800),
      ...place(0.32, 0, 0.56, 0),
      backdrop: 'beach',
      outfit: 'shirt',
      color: RED,
      expression: look(0, 1, 0, true),
    },
  },
  { name: '13-mirrored.jpg', storage: { as: 'jpeg', isMirrored: true }, spec: GARDEN },
  {
    name: '14-cut-off.jpg',
    storage: { as: 'jpeg', keepPart: 0.6 },
    spec: {
      ...size(800, 1000),
      ...place(0.3, 0, 0.56, 0.05),
      backdrop: 'shelf',
      outfit: 'shirt',
      color: PLUM,
      expression: look(0.4, 0.9, 0.3, true),
    },
  },
];
