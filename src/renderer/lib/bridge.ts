import type { Channel, DropChannel, Reply, Request, Response } from '../../shared/contract.ts';
import { toErrorData, type AppErrorData } from '../../shared/errors.ts';

/** A refused request: what the reply said, so that the place where it happened can show it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly data: AppErrorData;

  constructor(data: AppErrorData) {
    super(data.message);
    this.data = data;
  }
}

/** The value of a reply. @throws Refusal when the reply is an error. */
export function unwrap<C extends Channel>(reply: Reply<C>): Response<C> {
  if (!reply.ok) throw new Refusal(reply.error);
  return reply.value;
}

type Asked = Exclude<Channel, DropChannel>;
type Args<C extends Asked> = Request<C> extends undefined ? [] : [Request<C>];

/** Asks main. @throws Refusal when main says no. */
export async function ask<C extends Asked>(channel: C, ...args: Args<C>): Promise<Response<C>> {
  return unwrap<C>(await window.unroll.invoke(channel, plain(args[0]) as Request<C>));
}

/** What is sent crosses a process by structured clone, which refuses Vue's proxies; only specs and roles are ever reactive, and they are JSON. */
function plain(request: unknown): unknown {
  if (request === undefined) return undefined;
  if (typeof request === 'object' && request !== null && Object.values(request).some((v) => ArrayBuffer.isView(v))) return request;
  return JSON.parse(JSON.stringify(request)) as unknown;
}

/** Anything thrown, as the data that an alert shows. */
export function errorOf(thrown: unknown): AppErrorData {
  return thrown instanceof Refusal ? thrown.data : toErrorData(thrown);
}
