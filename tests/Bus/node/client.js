// A foreign engine: publishes one task and waits for its result, knowing nothing but the wire contract.
// Usage: node client.js <amqp address>. Prints what it got as one line of JSON.
import { randomUUID } from "node:crypto";
import amqp from "amqplib";

const connection = await amqp.connect(process.argv[2]);
const channel = await connection.createConfirmChannel();

const { queue } = await channel.assertQueue("", { exclusive: true });
await channel.bindQueue(queue, "integration.results", "node-engine.#");
const answer = new Promise((resolve) => channel.consume(queue, resolve, { noAck: true }));

const task = {
  taskId: randomUUID(),
  operation: "text.reverse",
  version: 1,
  replyTo: "node-engine",
  inputs: { text: "Zoë" },
};
channel.publish("integration.tasks", "text.reverse.v1", Buffer.from(JSON.stringify(task)), {
  messageId: randomUUID(),
  correlationId: task.taskId,
  type: "task.requested",
  replyTo: task.replyTo,
  appId: "node",
  timestamp: Math.floor(Date.now() / 1000),
  contentType: "application/json",
  persistent: true,
  headers: { traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" },
});
await channel.waitForConfirms();

const message = await answer;
const { fields, properties } = message;
console.log(JSON.stringify({ taskId: task.taskId, fields, properties, body: JSON.parse(message.content) }));
await connection.close();
