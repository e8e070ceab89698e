// What a Node program does with containers, by dockerode, against DOCKER_HOST. Ends with 0 if every step held.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import Docker from 'dockerode';

const docker = new Docker();
const name = `dockerode-${process.pid}`;

async function run() {
  const container = await docker.createContainer({
    Image: 'alpine:latest', name, Cmd: ['cat'], OpenStdin: true, StdinOnce: true, AttachStdin: true, Labels: { by: name },
  });
  const attached = await container.attach({ stream: true, hijack: true, stdin: true, stdout: true, stderr: true });
  const out = new PassThrough();
  container.modem.demuxStream(attached, out, out);
  attached.on('end', () => out.end());
  const waiting = container.wait();
  await container.start();
  const sent = randomBytes(1_000_000);
  attached.end(sent);
  assert.ok(sent.equals(await buffer(out)), 'standard input came back changed');
  assert.deepEqual((await waiting).StatusCode, 0);
  await container.remove();
}

async function exec() {
  const container = await docker.createContainer({ Image: 'alpine:latest', name, Cmd: ['sleep', '300'], Labels: { by: name } });
  await container.start();
  const command = await container.exec({ Cmd: ['sh', '-c', 'echo out; echo err >&2; exit 3'], AttachStdout: true, AttachStderr: true });
  const stream = await command.start({ hijack: true, stdin: false });
  const out = new PassThrough();
  const err = new PassThrough();
  container.modem.demuxStream(stream, out, err);
  stream.on('end', () => { out.end(); err.end(); });
  assert.equal(await text(out), 'out\n');
  assert.equal(await text(err), 'err\n');
  assert.equal((await command.inspect()).ExitCode, 3);

  await container.putArchive(await container.getArchive({ path: '/etc/passwd' }), { path: '/tmp' });
  const listed = await docker.listContainers({ filters: { label: [`by=${name}`] } });
  assert.deepEqual(listed.map((it) => it.Id), [container.id]);
  const events = docker.getEvents({ since: 0, until: Math.floor(Date.now() / 1000) + 1, filters: { container: [name] } });
  await container.remove({ force: true });
  assert.match(await text(await events), /"start"/);
  await assert.rejects(container.inspect(), (error) => error.statusCode === 404);
}

try {
  assert.match((await docker.version()).Components.map((it) => it.Name).join(), /Sockerless/);
  await run();
  await exec();
} finally {
  await docker.getContainer(name).remove({ force: true }).catch(() => {});
}
