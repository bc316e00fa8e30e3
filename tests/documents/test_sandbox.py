"""Templates come from anywhere: the known ways out of Jinja lead nowhere, and no template costs without bound."""

import time

import pytest

from processor.documents.lint import sample
from processor.documents.lint.problems import TemplateProblem
from processor.documents.sandbox.text import render_text
from processor.documents.template.template import WordTemplate
from processor.model import Kind

CONTEXT = sample.filled(Kind.SEANCE_INVITATION)

ESCAPES = """{{ ''.__class__.__mro__[1].__subclasses__() }}
{{ ''['__class__'] }}
{{ ''|attr('__class__') }}
{{ cycler.__init__.__globals__.os.popen('id').read() }}
{{ lipsum.__globals__['os'].popen('id').read() }}
{{ joiner.__init__.__globals__ }}
{{ self.__init__.__globals__.__builtins__.open('/etc/passwd').read() }}
{{ self._TemplateReference__context }}
{{ '{0.__class__}'.format(1) }}
{{ '{0.__class__}'|format(1) }}
{% set f = '{0.__class__}'.format %}{{ f(1) }}
{{ ['{0.__class__}']|map('format', 1)|list }}
{{ [1]|map(attribute='__class__')|list }}
{{ ['a']|map('attr', '__class__')|list }}
{{ range.__self__ }}
{{ loop.__class__ }}{% for x in [1] %}{{ loop._iterator }}{% endfor %}
{% for x in [1] %}{{ loop.__init__.__globals__ }}{% endfor %}
{% macro m() %}{% endmacro %}{{ m.__globals__ }}
{% macro m() %}{% endmacro %}{{ m._func }}
{{ participants.append('x') }}
{{ participants.clear() }}
{{ personne.update({'nom': 'x'}) }}
{{ personne.pop('nom') }}
{% set personne.nom = 'x' %}
{{ namespace.__init__ }}
{{ namespace(a=1).__class__ }}
{% include '/etc/passwd' %}
{% import 'os' as os %}{{ os }}
{% extends 'x' %}
{{ get_flashed_messages() }}
{{ config }}
{{ request }}
{{ dict(a=1) }}
{{ ''.join(['a']) }}
{{ 'a'.encode() }}
{{ 'a'.translate({}) }}
{{ personne.nom.__add__('x') }}
{{ ()|tojson }}
{{ 'x'|safe }}
{{ 'x'|xmlattr }}
{{ 'x'|urlize }}""".splitlines()

COSTLY = """{{ 'A' * 10**10 }}
{{ 10**10**10 }}
{{ 9**9**9 }}
{{ 2**3 }}
{{ [0] * 10**9 }}
{{ 'A'|center(10**9) }}
{{ '%1000000000d' % 1 }}
{{ 'aaaa'|replace('', 'b' * 10) }}
{{ range(10**7)|list }}
{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}
{% for a in range(99999) %}{{ participants }}{% endfor %}
{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}
{% macro f(n) %}{% set a = f(n) %}{% set b = f(n) %}{% endmacro %}{{ f(1) }}
{% set n = namespace(x='aaaaaaaaaa') %}{% for i in range(99) %}{% set n.x = n.x ~ n.x %}{% endfor %}{{ n.x }}
{% set n = namespace(x='aaaaaaaaaa') %}{% for i in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}{{ n.x }}
{% set n = namespace(x=[1]) %}{% for i in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}{{ n.x }}
{% set n = namespace(x='aaaaaaaaaa') %}{% for i in range(99) %}{% set n.x = [n.x, n.x]|join %}{% endfor %}{{ n.x }}
{% set n = namespace(x='a') %}{% for i in range(99) %}{% set b %}{{ n.x }}{{ n.x }}{% endset %}{% set n.x = b %}{% endfor %}{{ n.x }}
{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}
{% for a in range(99999) %}{% set x = range(99999)|list %}{% endfor %}
{% set n = namespace(x=[]) %}{% for a in range(99999) %}{% set n.x = n.x + [range(99999)|list] %}{% endfor %}
{% set t = ['a']|list %}{% for a in range(9999) %}{% for b in range(200) %}{{ range(99999)|sum }}{% endfor %}{% endfor %}
{{ 1.5|round(10**8, 'ceil') }}
{% set s = range(99999)|list %}{% for a in range(99999) %}{% if -1 in s %}{% endif %}{% endfor %}
{% set s = range(99999)|list %}{% set t = range(99999)|list %}{% for a in range(99999) %}{% if s == t %}{% endif %}{% endfor %}
{% set s = range(99999)|list %}{% for a in range(99999) %}{% set t = s[1:] %}{% endfor %}
{% set s = range(9999)|join('aaaaaaaaaa') %}{% for a in range(99999) %}{% set t = s.upper() %}{% endfor %}
{% set s = range(9999)|join('aaaaaaaaaa') %}{% set l = [s, s, s, s, s, s, s, s, s, s] %}{% for a in range(999) %}{{ l }}{% endfor %}
{% set l = range(9999)|list %}{% set n = namespace(x=[]) %}{% for i in range(999) %}{% set n.x = n.x + [l] %}{% endfor %}{{ n.x|sum(start=[])|length }}
{% macro m() %}TEXTE{% endmacro %}{% for a in range(9) %}{% for b in range(99999) %}{{ m() }}{% endfor %}{% endfor %}
{% for a in range(99999) %}TEXTE{% endfor %}
{% for a in range(99999) %}{% if a %}TEXTE{% endif %}{% endfor %}
{% for x in range(999) recursive %}TEXTE{% if loop.depth < 3 %}{{ loop(range(999)) }}{% endif %}{% endfor %}""".replace(
    "TEXTE", "texte " * 300
).splitlines()


@pytest.mark.parametrize("source", ESCAPES)
def test_no_known_escape_leads_anywhere(source: str, word, tmp_path) -> None:
    before = repr(CONTEXT)
    with pytest.raises(TemplateProblem) as told:
        WordTemplate.load(word(source)).render(CONTEXT)
    with pytest.raises(TemplateProblem):
        render_text(source, CONTEXT)
    assert all(one.problem and one.why and one.fix for one in told.value.problems)
    assert repr(CONTEXT) == before


@pytest.mark.parametrize("source", COSTLY, ids=lambda source: source[:60])
def test_no_template_costs_without_bound(source: str, word) -> None:
    start = time.process_time()
    with pytest.raises(TemplateProblem) as told:
        WordTemplate.load(word(source)).render(CONTEXT)
    assert {one.code for one in told.value.problems} <= {"modele-interdit", "modele-illisible"}
    assert time.process_time() - start < 5


def test_what_honest_templates_use_works(word, text) -> None:
    source = (
        "{% for p in participants %}{{ loop.index }}. {{ p.nom|upper }}{% if not loop.last %}, {% endif %}{% endfor %}"
        " {{ participants|length }} {{ (seance.infos or 'rien')|lower }} {{ 2 + 3 * 4 }} {{ 'a' ~ 1 }}"
        "{% set n = namespace(total=0) %}{% for p in participants %}{% set n.total = n.total + 1 %}{% endfor %} {{ n.total }}"
        " {{ participants|map(attribute='prenom')|join(', ') }} {{ personne.nom.upper() }} {{ seance.autres['Budget'] }}"
        " {{ 'oui' if personne.nom == 'Dupont' else 'non' }}{% for k, v in seance.autres.items() %} {{ k }}={{ v }}{% endfor %}"
        "{% for p in participants|sort(attribute='prenom') if p.presence == 'Présent' %} {{ p.prenom }}{% endfor %}"
    )
    expected = (
        "1. BENALI, 2. DUPONT, 3. ROUSSEL 3 salle 204, 2e étage 14 a1 3 Ali, Zoé, Ève DUPONT 1 200 € oui"
        " Budget=1 200 € Ali Zoé"
    )
    assert render_text(source, CONTEXT) == expected
    assert text(WordTemplate.load(word(source)).render(CONTEXT)) == expected
