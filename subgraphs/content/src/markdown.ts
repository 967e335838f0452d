import MarkdownIt from 'markdown-it';

/** Links that a member's text may hold; everything else stays text. */
const LINK = /^(https?:\/\/|mailto:)/i;

/**
 * HTML in the source stays text, and images are left out (a remote one would tell its host who reads). What is left is
 * markup of the renderer alone, with links of the schemes above.
 */
const renderer = new MarkdownIt({ html: false, linkify: true, breaks: true }).disable('image');
renderer.validateLink = (url) => LINK.test(url.trim());
renderer.renderer.rules.link_open = (tokens, index, options, _, self) => {
  const token = tokens[index];
  token?.attrSet('rel', 'nofollow ugc noopener');
  token?.attrSet('target', '_blank');
  return self.renderToken(tokens, index, options);
};

/** Renders a member's Markdown to HTML that is safe to put into a page. */
export function renderMarkdown(source: string): string {
  return renderer.render(source).trim();
}
