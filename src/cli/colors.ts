import pc from 'picocolors';

// Colors in a terminal alone: picocolors would also use them in a CI run, where control codes end up in a log file.
const { isTTY } = process.stdout as { isTTY?: boolean };
export const colors = pc.createColors(isTTY === true && pc.isColorSupported);
