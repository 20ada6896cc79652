#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes chat_templates.json: templates in the manner of several families, rendered by jinja2 the way
transformers does. Needs jinja2."""
import json
import pathlib

from jinja2.sandbox import ImmutableSandboxedEnvironment

TALK = [{"role": "user", "content": " Hello, grüße \n"}, {"role": "assistant", "content": "Good day."},
        {"role": "user", "content": "What is 2 < 3?"}]
SYSTEM = [{"role": "system", "content": "Be brief."}] + TALK

TEMPLATES = {
    "marks with a standing system text":
        "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}"
        "{{ '<|start|>system\\nYou help.<|stop|>\\n' }}{% endif %}"
        "{{'<|start|>' + message['role'] + '\\n' + message['content'] + '<|stop|>' + '\\n'}}{% endfor %}"
        "{% if add_generation_prompt %}{{ '<|start|>assistant\\n' }}{% endif %}",
    "brackets and turns checked":
        "{% if messages[0]['role'] == 'system' %}{% set rest = messages[1:] %}"
        "{% set system = messages[0]['content'] %}{% else %}{% set rest = messages %}"
        "{% set system = false %}{% endif %}{% for message in rest %}"
        "{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}"
        "{{ raise_exception('Roles must take turns') }}{% endif %}"
        "{% if loop.index0 == 0 and system != false %}"
        "{% set content = '<<S>>\\n' + system + '\\n<</S>>\\n\\n' + message['content'] %}"
        "{% else %}{% set content = message['content'] %}{% endif %}"
        "{% if message['role'] == 'user' %}{{ bos_token + '[I] ' + content.strip() + ' [/I]' }}"
        "{% elif message['role'] == 'assistant' %}{{ ' ' + content.strip() + ' ' + eos_token }}{% endif %}"
        "{% endfor %}",
    "headers with a filter":
        "{% set loop_messages = messages %}{% for message in loop_messages %}"
        "{% set content = '<|head|>' + message['role'] + '<|/head|>\\n\\n'+ message['content'] | trim + '<|over|>' %}"
        "{% if loop.index0 == 0 %}{% set content = bos_token + content %}{% endif %}{{ content }}{% endfor %}"
        "{% if add_generation_prompt %}{{ '<|head|>assistant<|/head|>\\n\\n' }}{% endif %}",
    "lines, tools and white space":
        "{%- if tools %}\n    {{- 'tools' }}\n    {%- for tool in tools %}\n        {{- tool | tojson }}\n"
        "    {%- endfor %}\n{%- else %}\n    {%- if messages[0].role == 'system' %}\n"
        "        {{- '<|a|>system\\n' + messages[0].content + '<|b|>\\n' }}\n    {%- else %}\n"
        "        {{- \"<|a|>system\\nNone given.<|b|>\\n\" }}\n    {%- endif %}\n{%- endif %}\n"
        "{%- for message in messages %}\n"
        "    {%- if (message.role == \"user\") or (message.role == \"system\" and not loop.first) or "
        "(message.role == \"assistant\" and not message.tool_calls) %}\n"
        "        {{- '<|a|>' + message.role + '\\n' + message.content + '<|b|>' + '\\n' }}\n"
        "    {%- elif message.role == \"tool\" %}\n"
        "        {%- if (loop.index0 == 0) or (messages[loop.index0 - 1].role != \"tool\") %}\n"
        "            {{- message.function.name is defined }}\n        {%- endif %}\n    {%- endif %}\n"
        "{%- endfor %}\n{%- if add_generation_prompt %}\n    {{- '<|a|>assistant\\n' }}\n{%- endif %}\n",
    "blocks on their own lines":
        "{# a remark #}\nBegin\n  {% for m in messages %}\n  {{ m.role }}: {{ m.content }}\n"
        "  {% if not loop.last %}\n--\n  {% endif %}\n  {% endfor %}\nEnd {{ messages|length }}\n",
    "namespace, choice and tests":
        "{% set ns = namespace(n=0, last='') %}{% for m in messages if m.role == 'user' %}"
        "{% set ns.n = ns.n + 1 %}{% set ns.last = m['content'] %}{% endfor %}"
        "{{ ns.n }} {{ 'many' if ns.n > 1 else 'one' }} {{ ns.last | upper }} "
        "{{ 'x' in 'text' and 'assistant' not in ['user'] }} {{ nothing is defined }} {{ none is none }} "
        "{{ nothing | default('standard') }} {{ 7 // 2 }} {{ -7 % 3 }} {{ 2 * 3 - 1 }} {{ 'a' ~ 1 ~ true }} "
        "{{ ['a', 'b'] | join(', ') }} {{ messages[-1].role }} {{ messages[::].__len__ is defined }}",
    "methods":
        "{% for m in messages %}{% if m.content.startswith(' ') %}{{ m.content.lstrip() }}|{% endif %}"
        "{{ m.content.split(' ')[-1] }}|{{ m.content.replace('a', 'AA') }}|{{ m.get('name', 'nobody') }};{% endfor %}"
        "{% for key, value in {'one': 1, 'two': 2}.items() %}{{ key }}={{ value }},{% endfor %}"
        "{% for i in range(3) %}{{ i }}{% else %}never{% endfor %}{% for i in [] %}{{ i }}{% else %}none{% endfor %}",
}
TEMPLATES["namespace, choice and tests"] = TEMPLATES["namespace, choice and tests"].rsplit(" {{ messages[::]", 1)[0]


class Refused(Exception):
    pass


def refuse(text):
    raise Refused(text)


def main():
    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
    environment.globals["raise_exception"] = refuse
    rows = []
    for name, text in TEMPLATES.items():
        for talk, messages in (("talk", TALK), ("system", SYSTEM), ("two users", TALK[:1] * 2)):
            for prompt in (True, False):
                row = {"name": f"{name}, {talk}, {'prompt' if prompt else 'whole'}", "template": text,
                       "messages": messages, "add_generation_prompt": prompt}
                try:
                    row["expected"] = environment.from_string(text).render(
                        messages=messages, bos_token="<s>", eos_token="</s>", add_generation_prompt=prompt,
                        tools=None)
                except Refused as refusal:
                    row["refused"] = str(refusal)
                rows.append(row)
    path = pathlib.Path(__file__).with_name("chat_templates.json")
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


main()
