import { buildSchema } from 'graphql';

/** A schema with every kind of type, for the tests of this package. */
export const schema = buildSchema(/* GraphQL */ `
  directive @tone(of: Order, where: Filter) on QUERY | FIELD | FRAGMENT_DEFINITION | VARIABLE_DEFINITION
  scalar Date
  enum Order { NEW OLD }
  enum Flag { ON OFF }
  input Filter { text: String, since: Date, order: Order, flags: [Flag!], and: [Filter!], not: Filter, range: Range }
  input Range { from: Int = 1, to: Int }
  interface Node { id: ID! }
  type Post implements Node { id: ID!, title(short: Boolean, order: Order): String, author: User }
  type User implements Node { id: ID!, name: String }
  union Hit = Post | User
  type Query {
    foo: String
    foobar: String
    node(id: ID!): Node
    posts(first: Int = 10, filter: Filter, orders: [Order], grid: [[Filter]], date: Date): [Post!]!
    search: [Hit]
  }
  type Mutation { post(filter: Filter!): Post }
`);
