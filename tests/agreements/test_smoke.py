from tests.cast import Cast
from goodword.relationships.steps import Step
from django.test import Client
import re
def inputs(html):
    """crude form reading"""
    import html as h
    data={}
    for m in re.finditer(r'<input ([^>]*)>', html):
        a=dict(re.findall(r'([\w-]+)="([^"]*)"', m[1]))
        if a.get('type') in ('checkbox','radio') and ' checked' not in m[1]: continue
        if 'name' in a: data.setdefault(h.unescape(a['name']),[]).append(h.unescape(a.get('value','on')))
    for m in re.finditer(r'<textarea id="[^"]*" name="([^"]*)"[^>]*>\n?(.*?)</textarea>', html, re.S):
        data[m[1]]=[h.unescape(m[2])]
    return data
def test_walk(db):
    c=Cast(at=Step.AGREE)
    u=f"/r/{c.key}/agreement"
    r=c.ada_browser.get(u); assert r.status_code==200
    r=c.ada_browser.get(u+"/words"); assert r.status_code==200
    d=inputs(r.content.decode()); print(d)
    r=c.ada_browser.post(u+"/words",d); assert r.status_code==302, r.content.decode()
    r=c.ben_browser.get(u); assert r.status_code==200; print(r.content.decode()[2500:])
    r=c.ben_browser.get(u+"/words"); d=inputs(r.content.decode())
    d['text-money']=["A bottle of wine at Christmas, from each to the other."]; d['why-money']=["Because I like wine"]; d['rhythm']=['every six weeks']
    d['text-passing_on']=[d['text-passing_on'][0].replace('ask the person first','ring each other')]; d['why-passing_on']=['So.']
    d['out-stopping']=['on']; d['why-stopping']=['x']
    r=c.ben_browser.post(u+"/words",d); assert r.status_code==302, r.content.decode()
    r=c.ada_browser.get(u); print(r.content.decode()[2500:])
    h=re.search(r'name="hash" value="(\w+)"', r.content.decode())[1]
    r=c.ada_browser.post(u+"/acceptance",{"hash":h}); assert r.status_code==302
    r=c.ada_browser.get(u); assert "In force since" in r.content.decode()
    assert c.ada_browser.get(u+"/text").status_code==200
    r=c.ben_browser.get(u+"/pdf"); assert r.status_code==200
    open('/tmp/team/a.pdf','wb').write(r.content)
