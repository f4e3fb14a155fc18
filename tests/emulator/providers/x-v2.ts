/** X API v2: users by name, followers, following. Priced per returned user, in micro-dollars. */
import { json, type Reply } from '../exchange.ts';
import { DEFAULT_STYLE } from '../keys.ts';
import type { Relation } from '../platforms.ts';
import type { Ask, Provider, Refusal } from './provider.ts';
import { bearerIn, rateLimitHeaders } from './x-limits.ts';
import { indexOfToken, tokenFor } from './x-v2-token.ts';
import { knownFields, v2User } from './x-v2-user.ts';

const PROBLEMS = 'https://api.twitter.com/2/problems/';

function invalid(parameter: string, value: string, message: string): Reply {
  return json(400, {
    errors: [{ parameters: { [parameter]: [value] }, message }],
    title: 'Invalid Request',
    detail: 'One or more parameters to your request was invalid.',
    type: `${PROBLEMS}invalid-request`,
  });
}

function notFound(parameter: 'username' | 'id', value: string): Reply {
  return json(200, {
    errors: [
      {
        value,
        detail: `Could not find user with ${parameter}: [${value}].`,
        title: 'Not Found Error',
        resource_type: 'user',
        parameter,
        resource_id: value,
        type: `${PROBLEMS}resource-not-found`,
      },
    ],
  });
}

function notAuthorized(request: Ask, id: string): Reply {
  const detail = `Sorry, you are not authorized to see the user with id: [${id}].`;
  const type = `${PROBLEMS}not-authorized-for-resource`;
  const title = 'Authorization Error';
  if (request.key.style.protectedList === '403') return json(403, { title, detail, type, status: 403 });
  return json(200, {
    errors: [{ value: id, detail, title, resource_type: 'user', parameter: 'id', resource_id: id, type }],
  });
}

/** The requested fields, or the response to a request for an unknown one. */
function fieldsOf(request: Ask): readonly string[] | Reply {
  const requested = request.query.get('user.fields');
  const fields = requested === null ? [] : requested.split(',');
  const known = knownFields(request.key.style);
  const strange = fields.find((field) => !known.includes(field));
  if (strange === undefined) return fields;
  return invalid(
    'user.fields',
    requested ?? '',
    `The \`user.fields\` query parameter value [${strange}] is not one of [${known.join(',')}]`,
  );
}

function byUsername(request: Ask, username: string): Reply {
  if (!/^[A-Za-z0-9_]{1,20}$/.test(username)) {
    return invalid(
      'username',
      username,
      `The \`username\` query parameter value [${username}] does not match ^[A-Za-z0-9_]{1,15}$`,
    );
  }
  const fields = fieldsOf(request);
  if ('status' in fields) return fields;
  const population = request.populations.byHandle('x', username);
  if (population === undefined) return notFound('username', username);
  const user = v2User(population.owner, fields, request.key.style);
  return json(200, { data: user }, { rows: 1, charge: request.key.price });
}

function connections(request: Ask, id: string, relation: Relation): Reply {
  const fields = fieldsOf(request);
  if ('status' in fields) return fields;
  const requested = request.query.get('max_results') ?? '100';
  const most = Number(requested);
  if (!/^\d{1,4}$/.test(requested) || most < 1 || most > 1000) {
    return invalid(
      'max_results',
      requested,
      `The \`max_results\` query parameter value [${requested}] is not between 1 and 1000`,
    );
  }
  const population = request.populations.byId('x', id);
  if (population === undefined) return notFound('id', id);
  if (population.protected) return notAuthorized(request, id);

  const list = `${id}:${relation}`;
  const token = request.query.get('pagination_token');
  const from = token === null ? 0 : indexOfToken(list, token);
  if (from === null) {
    return invalid(
      'pagination_token',
      token ?? '',
      'The `pagination_token` query parameter value is not valid',
    );
  }
  const size = Math.min(most, request.key.pageSize);
  // Suspended accounts are removed after paging: a page may be short or even empty, and still have a next one.
  const places = population.entries(relation, from, size);
  const accounts = places.flatMap((entry) => (entry.kind === 'account' ? [entry.account] : []));
  const to = from + places.length;
  const data = accounts.map((account) => v2User(account, fields, request.key.style));
  const meta = {
    result_count: data.length,
    ...(to < population.size(relation) ? { next_token: tokenFor(list, to) } : {}),
    ...(from > 0 ? { previous_token: tokenFor(list, Math.max(0, from - size)) } : {}),
  };
  const body = data.length === 0 ? { meta } : { data, meta };
  return json(200, body, { rows: data.length, charge: data.length * request.key.price });
}

function usage(): Reply {
  const data = { cap_reset_day: 14, project_cap: '2000000', project_id: '1659347258', project_usage: '1234' };
  return json(200, { data });
}

function route(request: Ask): Reply {
  const [, username] = /^\/2\/users\/by\/username\/([^/]+)$/.exec(request.path) ?? [];
  if (username !== undefined) return byUsername(request, decodeURIComponent(username));
  const [, id, relation] = /^\/2\/users\/(\d+)\/(followers|following)$/.exec(request.path) ?? [];
  if (id !== undefined) return connections(request, id, relation === 'following' ? 'following' : 'followers');
  if (request.path === '/2/usage/tweets') return usage();
  return json(404, { title: 'Not Found', type: 'about:blank', status: 404, detail: 'Not Found' });
}

const TITLES: Readonly<Record<number, readonly [title: string, problem: string, detail: string]>> = {
  400: ['Invalid Request', 'invalid-request', 'One or more parameters to your request was invalid.'],
  402: [
    'CreditsDepleted',
    'credits',
    'Your enrolled account does not have any credits to fulfill this request.',
  ],
  403: ['Client Forbidden', 'client-forbidden', 'This client is not permitted to perform this action.'],
  404: ['Not Found Error', 'resource-not-found', 'Could not find the resource.'],
};
const PLAIN: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

function refuse(refusal: Refusal, style: 'problem' | 'code-88'): Reply {
  const { status } = refusal;
  if (refusal.code !== undefined || (status === 429 && style === 'code-88')) {
    const message = refusal.message ?? 'Rate limit exceeded';
    return json(status, { errors: [{ code: refusal.code ?? 88, message }] });
  }
  const [title, problem, detail] = TITLES[status] ?? [];
  if (title === undefined && refusal.problem === undefined) {
    const text = PLAIN[status] ?? 'Error';
    return json(status, { title: text, detail: refusal.message ?? text, type: 'about:blank', status });
  }
  return json(status, {
    title: title ?? PLAIN[status] ?? 'Error',
    detail: refusal.message ?? detail ?? '',
    type: `${PROBLEMS}${refusal.problem ?? problem ?? ''}`,
    status,
  });
}

export const xV2: Provider = {
  id: 'x-v2',
  name: 'X API v2',
  unit: 'usd',
  hosts: ['api.x.com', 'api.twitter.com'],
  prefix: '/x',
  root: '/2/',
  defaultKey: 'AAAAAAAAAAAAAAAAAAAAAemulatorV2%2FdGVzdA%3D',
  settings: {
    balance: 100_000_000,
    price: 10_000,
    pageSize: 1000,
    latencyMs: 0,
    rateLimit: { limit: 300, windowSeconds: 900 },
    style: DEFAULT_STYLE,
  },
  keyIn: bearerIn,
  bucket: (path) => path.replace(/\/username\/[^/]+/, '/username').replace(/\/users\/\d+\//, '/users/:id/'),
  respond: route,
  refuse: (refusal, _path, key) => refuse(refusal, key?.style.tooFast ?? 'problem'),
  limitHeaders: rateLimitHeaders,
};
