// What is deprecated says until when it stays, so that clients can plan: `@deprecated(reason: "… until 2027-03-31")`.
import { Kind, visit } from 'graphql';

const DATE = /\b20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\b/;

export default {
  name: 'deprecation-date',
  check({ document }) {
    const findings = [];
    visit(document, {
      Directive(node, _key, _parent, _path, ancestors) {
        if (node.name.value !== 'deprecated') return;
        const reason = node.arguments?.find(({ name }) => name.value === 'reason')?.value;
        if (reason?.kind === Kind.STRING && DATE.test(reason.value)) return;
        const owner = ancestors.filter((ancestor) => !Array.isArray(ancestor) && 'name' in ancestor);
        findings.push({
          level: 'WARNING',
          message: 'say until which day it stays, such as "Use handle; stays until 2027-03-31."',
          coordinate: owner.map(({ name }) => name.value).join('.'),
          loc: node.loc,
        });
      },
    });
    return findings;
  },
};
