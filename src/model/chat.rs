//! Turns chats into tokens with the chat template of the model's file. The texts of the messages do
//! not pass through the template: they are data, and are encoded apart from it.

use super::tokenizer::Vocabulary;
use super::{Message, ModelError, Role};
use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, context};

/// The chat template of a GGUF file (`tokenizer.chat_template`, a Jinja template).
pub struct Template {
    env: Environment<'static>,
}

/// `OPEN i CLOSE` stands in the rendered template where the content of message `i` belongs; the
/// contents themselves are never rendered. Both characters come from a private-use plane, so that a
/// template is unlikely to contain them.
const OPEN: char = '\u{F5A00}';
const CLOSE: char = '\u{F5A01}';

/// What one rendering may cost, in units of the template engine, which counts its steps and what it writes. The
/// templates of the known models take some thousands. Without this limit, nested loops could run for ever, and a text
/// that is joined to itself again and again could fill the memory.
const FUEL: u64 = 200_000;

impl Template {
    /// Compiles the chat template of a GGUF file and tries it out.
    ///
    /// # Errors
    /// When the template is no valid Jinja, or cannot render a chat even without a system message.
    pub fn new(source: &str) -> Result<Self, ModelError> {
        let mut env = Environment::new();
        // Chat templates are written for Hugging Face's transformers library, so what it gives them
        // is given here: white space around blocks is trimmed, Python's methods of strings and
        // lists work, and `raise_exception` refuses a chat.
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        env.set_syntax(syntax.map_err(|e| ModelError::Template(e.to_string()))?);
        env.set_fuel(Some(FUEL));
        env.set_unknown_method_callback(minijinja_contrib::pycompat::unknown_method_callback);
        env.add_function("raise_exception", |message: String| -> Result<String, minijinja::Error> {
            Err(minijinja::Error::new(minijinja::ErrorKind::InvalidOperation, message))
        });
        env.add_template_owned("chat", source.to_string()).map_err(|e| ModelError::Template(e.to_string()))?;
        let template = Template { env };
        template.try_out()?;
        Ok(template)
    }

    /// Renders a chat once, so that a template that cannot work is refused when the model is loaded. Some templates
    /// accept no system message; for them it is enough that a chat without one can be rendered.
    fn try_out(&self) -> Result<(), ModelError> {
        let message = |role| Message { role, content: String::new() };
        let user = [message(Role::User)];
        let both = [message(Role::System), message(Role::User)];
        self.render_with(&both, true, "", "").or_else(|_| self.render_with(&user, true, "", "")).map(drop)
    }

    /// The tokens of a chat: with `answer` up to where the model's answer starts, otherwise up to the end of the last
    /// message.
    ///
    /// # Errors
    /// When the template refuses the chat (because of a role that it doesn't know, for instance), or changes the marks
    /// that stand for the messages' texts, or when the tokenizer fails.
    pub fn tokens(&self, messages: &[Message], answer: bool, vocabulary: &Vocabulary) -> Result<Vec<u32>, ModelError> {
        let mut ids = Vec::new();
        let rendered = self.render(messages, answer, vocabulary)?;
        let mut rest = rendered.as_str();
        while let Some(open) = rest.find(OPEN) {
            ids.extend(vocabulary.encode_control(&rest[..open])?);
            let inside = &rest[open + OPEN.len_utf8()..];
            let close = inside.find(CLOSE).unwrap_or(inside.len());
            let message = inside[..close].parse().ok().and_then(|i: usize| messages.get(i));
            let message = message.ok_or_else(|| ModelError::Template("it changes the messages' text".into()))?;
            ids.extend(vocabulary.encode_data(&message.content)?);
            rest = inside.get(close + CLOSE.len_utf8()..).unwrap_or("");
        }
        ids.extend(vocabulary.encode_control(rest)?);
        Ok(ids)
    }

    /// The rendered template, in which marks stand for the contents of the messages.
    fn render(&self, messages: &[Message], answer: bool, vocabulary: &Vocabulary) -> Result<String, ModelError> {
        let name = |token: &Option<String>| token.clone().unwrap_or_default();
        self.render_with(messages, answer, &name(&vocabulary.bos), &name(&vocabulary.eos))
    }

    /// As [`Self::render`], with the texts of the tokens that begin and end a text.
    fn render_with(&self, messages: &[Message], answer: bool, bos: &str, eos: &str) -> Result<String, ModelError> {
        let role = |r: Role| match r {
            Role::System => "system",
            Role::User => "user",
            Role::Assistant => "assistant",
        };
        let marked: Vec<_> = messages
            .iter()
            .enumerate()
            .map(|(i, m)| context! { role => role(m.role), content => format!("{OPEN}{i}{CLOSE}") })
            .collect();
        let template = self.env.get_template("chat").map_err(|e| ModelError::Template(e.to_string()))?;
        template
            .render(context! {
                messages => marked,
                add_generation_prompt => answer,
                bos_token => bos,
                eos_token => eos,
                // Qwen3 writes down its reasoning first unless told not to; a translation does not need it.
                enable_thinking => false,
            })
            .map_err(|e| ModelError::Template(e.to_string()))
    }
}
