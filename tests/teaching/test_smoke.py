from tests.cast import Cast
from goodword.relationships.steps import Step
from tests.agreements.test_smoke import inputs
import re
def test_walk(db):
    c=Cast(at=Step.AGREE); b=c.ben_browser; a=c.ada_browser
    u=f"/r/{c.key}/teaching"
    for p in ("","/ours","/draft","/preview"):
        r=b.get(u+p); assert r.status_code==200,p
    d=inputs(b.get(u+"/draft").content.decode()); print(list(d))
    d.update(sector="Couples who own their house", moment="They have exchanged contracts", services="Kitchens, start to finish", not_services="Bathrooms", short_words="I know somebody who stays until the tea is made", question_to_ask="“Who’s doing your kitchen?”", listen_for="We can't open the oven", routes=["pass_card","come_along"], reach="0161 496 0000", then="read")
    r=b.post(u+"/draft",d); assert r.status_code==302, r.content.decode()
    r=b.get(u+"/preview"); h=r.content.decode(); assert "will see exactly this" in h
    seen=re.search(r'name="seen" value="(\w+)"',h)[1]
    assert "Couples" not in a.get(u).content.decode()
    r=b.post(u+"/preview",{"seen":seen}); assert r.status_code==302 and r.url.endswith("/ours"), r.url
    r=a.get(u); h=r.content.decode(); assert "Couples" in h
    r=a.post(u,{"feel":"other","score":"4","why":"I am shy"}); assert r.status_code==302
    h=a.get(u).content.decode(); assert "I am shy" in h
    assert "I am shy" not in b.get(u+"/ours").content.decode()
    r=a.post(u+"/approach",{"kind":"one_question","text":""}); assert r.status_code==302, r.content.decode()
    h=b.get(u+"/ours").content.decode(); m=re.search(r'approaches/([\w-]+)/agreement',h)
    r=b.post(u+f"/approaches/{m[1]}/agreement"); assert r.status_code==302
    r=a.post(u+"/back",{"text":"I ask who does the kitchen"}); assert r.status_code==302
    print(a.get(u).content.decode()[2000:])
    assert a.get(u+"/card").status_code==200
    d=inputs(b.get(u+"/draft").content.decode()); assert d["sector"]==["Couples who own their house"]; assert d["routes"]==["pass_card","come_along"]
    d["sector"]="Families who own their house"; d["then"]="read"
    b.post(u+"/draft",d); h=b.get(u+"/preview").content.decode(); seen=re.search(r'name="seen" value="(\w+)"',h)[1]
    b.post(u+"/preview",{"seen":seen})
    h=a.get(u).content.decode(); assert "What changed" in h and "<del>Couples</del>" in h
    print(b.get(u+"/ours").content.decode()[2000:])
    m=re.search(r'teaching/versions/([\w-]+)',b.get(u+"/ours").content.decode()); assert b.get(u+"/versions/"+m[1]).status_code==200
