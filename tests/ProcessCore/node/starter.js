// A foreign starter: starts processes at an engine that it names and waits for what became of each, knowing nothing but the wire
// contract. Usage: node starter.js <amqp address> <engine>. Prints what it got, a line of JSON for each.
import { randomUUID } from "node:crypto";
import amqp from "amqplib";

const [, , address, engine] = process.argv;
const connection = await amqp.connect(address);
const channel = await connection.createConfirmChannel();

const { queue } = await channel.assertQueue("", { exclusive: true });
await channel.bindQueue(queue, "integration.results", "node-starter.#");
const answers = new Map();
const wanted = new Set();
let done;
const all = new Promise((resolve) => (done = resolve));
await channel.consume(
  queue,
  (message) => {
    const body = JSON.parse(message.content);
    answers.set(body.requestId, { type: message.properties.type, key: message.fields.routingKey, body });
    if ([...wanted].every((id) => answers.has(id))) done();
  },
  { noAck: true },
);

function start(definition, variables) {
  const requestId = `${definition}-${randomUUID()}`;
  wanted.add(requestId);
  const event = { definition, variables, requestId, engine, replyTo: "node-starter" };
  // No property but the body: the routing key says what it is.
  channel.publish("integration.inbound", `engine.${engine}.start.${definition}`, Buffer.from(JSON.stringify(event)), {
    persistent: true,
  });
}

start("order", { amount: 5 });
start("refuses", {});
start("none", {});
await channel.waitForConfirms();
await all;
for (const answer of answers.values()) console.log(JSON.stringify(answer));
await connection.close();
