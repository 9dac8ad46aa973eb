/** Ports that the arguments, variables and probes of a container show that it listens on. */
import { isMain, type Command } from '../shell/command.ts';
import type { Container } from '../kubernetes/object.ts';
import { isObject, itemsAt, member, path, stringAt, type Json } from '../util/json.ts';

const PORT_OPTION =
  /^-{1,2}(?:[\w.-]*[-.])?(?:port|p|http-?port|https-?port|(?:listen|bind|addr|address|listen-?addr(?:ess)?|bind-?addr(?:ess)?|listen-?port|bind-?port))(?:=(.*))?$/;
/** Options that name the port of somebody else. */
const OTHER_PORT =
  /(?:remote|target|upstream|db|database|redis|postgres|mysql|mongo|metrics-server|proxy|backend|server-?url|peer|master)/i;
const PORT_VARIABLE =
  /^(?:(?:HTTPS?|SERVER|LISTEN|APP|WEB|NGINX|BIND|STREAMLIT_SERVER|GRADIO_SERVER)_)?(?:PORT|LISTEN|LISTEN_ADDR(?:ESS)?|BIND_ADDR(?:ESS)?)$/;
/** `80`, `:80`, `0.0.0.0:80`, `[::]:80`, `http://+:80`; an address with a name is somebody else's. */
const ADDRESS = /^(?:\w+:\/\/)?(?:(?:[\d.]*|\*|\+|localhost|\[[\da-f:]*\]):)?(\d{1,5})\/?$/i;
const PROBES = ['startupProbe', 'livenessProbe', 'readinessProbe'];
const ACTIONS = ['httpGet', 'tcpSocket', 'grpc'];

/** The ports that a container declares. */
export function declaredPorts(container: Container): readonly number[] {
  return itemsAt(container.value, 'ports').flatMap((port) => {
    const number = member(port, 'containerPort');
    return typeof number === 'number' ? [number] : [];
  });
}

/** The ports that its own arguments and variables tell a container to listen on, and those that its probes ask. */
export function listeningPorts(container: Container, commands: readonly Command[]): readonly number[] {
  return [...optionPorts(commands), ...variablePorts(container), ...probePorts(container)];
}

function optionPorts([first]: readonly Command[]): number[] {
  if (first === undefined || !isMain(first)) return [];
  const { words } = first;
  return words.flatMap(({ text }, index) => {
    const match = PORT_OPTION.exec(text);
    if (!match || OTHER_PORT.test(text)) return [];
    return portsIn(match[1] ?? words[index + 1]?.text ?? '');
  });
}

function variablePorts(container: Container): number[] {
  return itemsAt(container.value, 'env').flatMap((variable) => {
    const value = member(variable, 'value');
    return PORT_VARIABLE.test(stringAt(variable, 'name') ?? '') && (typeof value === 'string' || typeof value === 'number')
      ? portsIn(String(value))
      : [];
  });
}

function portsIn(text: string): number[] {
  const [, port] = ADDRESS.exec(text) ?? [];
  return port === undefined ? [] : [Number(port)];
}

function probePorts(container: Container): number[] {
  return PROBES.flatMap((field) => {
    const probe = member(container.value, field);
    return probe === undefined ? [] : ACTIONS.flatMap((action) => numberOf(path(probe, action, 'port'), container) ?? []);
  });
}

/** A probe or a Service names a port by its number, or by the name that the container gives it. */
export function numberOf(port: Json | undefined, container: Container): number | undefined {
  if (typeof port === 'number') return port;
  const named = itemsAt(container.value, 'ports').find((one) => isObject(one) && member(one, 'name') === port);
  const number = named && member(named, 'containerPort');
  return typeof number === 'number' ? number : undefined;
}
