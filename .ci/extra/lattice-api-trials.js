// Values at and beyond every constraint of a shape, and whether the model allows them.
import { sampleOf, suspectsOf, textOf } from './lattice-api-samples.js';

/**
 * Yields `{ value, field, isFine }`: a value of the shape with one thing about it that is at a boundary, beyond it, or of
 * another type; and the member that is to blame. `unreachable` counts boundaries that no value has, since the pattern
 * fixes the length.
 */
export function* trialsOf(shapes, name, field, tally) {
  const shape = shapes[name];
  switch (shape.type) {
    case 'string':
      yield* textTrials(name, shape, field, tally);
      return;
    case 'integer':
      for (const value of [shape.min - 1, shape.min, shape.max, shape.max + 1]) {
        yield { value, field, isFine: value >= shape.min && value <= shape.max };
      }
      yield { value: shape.min + 0.5, field, isFine: false };
      yield { value: 'many', field, isFine: false };
      return;
    case 'boolean':
      yield { value: true, field, isFine: true };
      yield { value: false, field, isFine: true };
      yield { value: 'yes', field, isFine: false };
      return;
    case 'list':
      yield* listTrials(shapes, shape, field, tally);
      return;
    case 'map':
      yield* mapTrials(shapes, shape, field, tally);
      return;
    case 'structure':
      yield* shape.union ? unionTrials(shapes, shape, field, tally) : structureTrials(shapes, name, field, tally);
      return;
    default:
      throw new Error(`${name}: no trials of ${shape.type}`);
  }
}

function* textTrials(name, shape, field, tally) {
  if (shape.enum !== undefined) {
    for (const value of shape.enum) yield { value, field, isFine: true };
    for (const value of ['BOGUS', '', shape.enum[0].toLowerCase()]) {
      yield { value, field, isFine: shape.enum.includes(value) };
    }
  } else {
    const { min = 0, max } = shape;
    for (const length of [min - 1, min, max, max === undefined ? undefined : max + 1]) {
      if (length === undefined || length < 0) continue;
      const isFine = length >= min && (max === undefined || length <= max);
      const value = textOf(name, shape, length);
      if (value !== undefined) yield { value, field, isFine };
      else if (isFine) tally.unreachable += 1;
      // Too short or too long is wrong whatever the pattern says.
      else yield { value: 'a'.repeat(length), field, isFine };
    }
    for (const { text, isFine } of suspectsOf(shape)) yield { value: text, field, isFine };
  }
  yield { value: 7, field, isFine: false, textOnly: true };
}

function* listTrials(shapes, { member, min = 0, max }, field, tally) {
  const item = sampleOf(shapes, member.shape);
  for (const length of new Set([min - 1, min, max, max + 1])) {
    if (!(length >= 0)) continue;
    yield { value: Array.from({ length }, () => item), field, isFine: length >= min && length <= max };
  }
  yield { value: 'none', field, isFine: false, bodyOnly: true };
  for (const trial of trialsOf(shapes, member.shape, `${field}[0]`, tally)) yield { ...trial, value: [trial.value] };
}

function* mapTrials(shapes, { key, value, max }, field, tally) {
  const entries = (count) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));
  for (const count of [0, max, max + 1]) yield { value: entries(count), field, isFine: count <= max };
  yield { value: ['a'], field, isFine: false };
  for (const trial of textTrials(key.shape, shapes[key.shape], field, tally)) {
    if (typeof trial.value === 'string') yield { ...trial, value: { [trial.value]: 'v' } };
  }
  for (const trial of trialsOf(shapes, value.shape, field, tally)) yield { ...trial, value: { key: trial.value } };
}

function* unionTrials(shapes, { members }, field, tally) {
  const arms = Object.keys(members);
  yield { value: {}, field, isFine: false };
  if (arms.length > 1) {
    const two = arms.slice(0, 2).map((arm) => [arm, sampleOf(shapes, members[arm].shape)]);
    yield { value: Object.fromEntries(two), field, isFine: false };
  }
  for (const arm of arms) {
    for (const trial of trialsOf(shapes, members[arm].shape, `${field}.${arm}`, tally)) {
      yield { ...trial, value: { [arm]: trial.value } };
    }
  }
}

function* structureTrials(shapes, name, field, tally) {
  const { members, required = [] } = shapes[name];
  const whole = sampleOf(shapes, name);
  yield { value: whole, field, isFine: true };
  yield { value: 'text', field, isFine: false };
  for (const member of required) {
    const { [member]: _, ...rest } = whole;
    yield { value: rest, field: `${field}.${member}`, isFine: false };
  }
  for (const [member, { shape }] of Object.entries(members)) {
    for (const trial of trialsOf(shapes, shape, `${field}.${member}`, tally)) {
      yield { ...trial, value: { ...whole, [member]: trial.value } };
    }
  }
}
