// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/chat_template.h"

#include "base/error.h"
#include "model/chat_evaluate.h"

namespace halftone {

namespace {

using namespace chat;
using Kind = Statement::Kind;

class Renderer
{
public:
    explicit Renderer(Value globals) : m_scope(std::move(globals)) {}

    void run(const std::vector<Statement>& statements)
    {
        for (const Statement& s : statements)
            run(s);
    }
    std::string take() { return std::move(m_out); }

private:
    void run(const Statement& s)
    {
        m_scope.charge(s.text.size());
        switch (s.kind) {
        case Kind::Text: add(s.text, s.line); break;
        case Kind::Print: add(printed(evaluate(s.expression, m_scope), s.line), s.line); break;
        case Kind::Set: set(s); break;
        case Kind::For: loop(s); break;
        case Kind::If:
            for (const auto& [condition, body] : s.branches)
                if (isTrue(evaluate(condition, m_scope))) {
                    run(body);
                    break;
                }
            break;
        }
    }

    void add(const std::string& text, int line)
    {
        if (m_out.size() + text.size() > kMaximumValue)
            failAt(line, tr("the prompt grows beyond %1 bytes").arg(kMaximumValue));
        m_out += text;
    }

    void set(const Statement& s)
    {
        Value value = evaluate(s.expression, m_scope);
        if (s.targets.size() == 1)
            return m_scope.set(s.targets[0], std::move(value));
        Value* place = m_scope.find(s.targets[0]);
        if (!place || !place->is_object())
            failAt(s.line, tr("'%1' is no namespace").arg(QString::fromStdString(s.targets[0])));
        (*place)[s.targets[1]] = std::move(value);
    }

    Value namesOf(const Statement& s, const Value& item) const
    {
        Value names = Value::object();
        if (s.targets.size() == 1) {
            names[s.targets[0]] = item;
            return names;
        }
        if (!item.is_array() || item.size() != s.targets.size())
            failAt(s.line, tr("a loop over %1 names needs lists of as many").arg(s.targets.size()));
        for (std::size_t i = 0; i < s.targets.size(); ++i)
            names[s.targets[i]] = item[i];
        return names;
    }

    // What a loop goes over, as a list: the keys of a dictionary.
    Value itemsOf(const Statement& s)
    {
        const Value all = evaluate(s.expression, m_scope);
        Value items = Value::array();
        if (all.is_object())
            for (const auto& [key, unused] : all.items())
                items.push_back(key);
        else if (all.is_array())
            items = all;
        else if (!all.is_discarded())
            failAt(s.line, tr("only lists and dictionaries can be gone over"));
        if (s.filter.empty())
            return items;
        Value kept = Value::array();
        for (const Value& item : items) {
            m_scope.push(namesOf(s, item));
            if (isTrue(evaluate(s.filter.front(), m_scope)))
                kept.push_back(item);
            m_scope.pop();
        }
        return kept;
    }

    void loop(const Statement& s)
    {
        const Value items = itemsOf(s);
        if (items.empty())
            return run(s.otherwise);
        for (std::size_t i = 0; i < items.size(); ++i) {
            Value names = namesOf(s, items[i]);
            Value state{{"index", i + 1},          {"index0", i},
                        {"first", i == 0},         {"last", i + 1 == items.size()},
                        {"length", items.size()},  {"revindex", items.size() - i},
                        {"revindex0", items.size() - i - 1}};
            if (i > 0)
                state["previtem"] = items[i - 1];
            if (i + 1 < items.size())
                state["nextitem"] = items[i + 1];
            names["loop"] = std::move(state);
            m_scope.push(std::move(names));
            run(s.body);
            m_scope.pop();
        }
    }

    Scope m_scope;
    std::string m_out;
};

} // namespace

ChatTemplate ChatTemplate::parse(const QString& text)
{
    ChatTemplate out;
    out.m_statements = std::make_shared<const std::vector<Statement>>(parseTemplate(text.toStdString()));
    return out;
}

std::string ChatTemplate::render(const std::vector<ChatMessage>& messages, const std::string& bos,
                                 const std::string& eos, bool addGenerationPrompt) const
{
    Value list = Value::array();
    for (const ChatMessage& m : messages)
        list.push_back({{"role", m.role}, {"content", m.content}});
    Renderer renderer(Value{{"messages", std::move(list)},
                            {"bos_token", bos},
                            {"eos_token", eos},
                            {"add_generation_prompt", addGenerationPrompt},
                            {"tools", nullptr}});
    renderer.run(*m_statements);
    return renderer.take();
}

} // namespace halftone
