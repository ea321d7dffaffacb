'use strict';
// Two copies of @temporalio/common break `instanceof` on failures; two versions of any @temporalio package break
// replay. Both happen silently on `npm install`, so `npm run check` looks.
const { packages } = require('../package-lock.json');
const wanted = require('../package.json').dependencies['@temporalio/common'];

const problems = Object.entries(packages)
  .filter(([location]) => location.includes('node_modules/@temporalio/'))
  .flatMap(([location, { version }]) => [
    ...(version === wanted ? [] : [`${location} is ${version}, expected exactly ${wanted}`]),
    ...(location.lastIndexOf('node_modules/') === 0 ? [] : [`${location} is a second copy`]),
  ]);

if (packages['node_modules/protobufjs']?.version?.split('.')[0] !== '8') {
  problems.push('protobufjs at the top of node_modules must be 8.x, or JSON histories cannot be replayed');
}

if (problems.length > 0) {
  console.error(
    `Dependencies do not fit together:\n  ${problems.join('\n  ')}\nRun npm ci, or pin them in package.json.`,
  );
  process.exit(1);
}
