package config
import ("testing";"strings";"time")
func TestHostile(t *testing.T){
 for n,s:=range map[string]string{
  "dashes":strings.Repeat("- ",30000)+"\n",
  "dashlines":strings.Repeat(strings.Repeat("- ",500)+"\n",1000),
  "qmarks":strings.Repeat("? ",30000)+"\n",
  "indent":func()string{var b strings.Builder; for i:=range 1400{b.WriteString(strings.Repeat(" ",i)+"a:\n")};return b.String()}(),
  "keys":func()string{var b strings.Builder; for i:=range 60000{b.WriteString("k"+strings.Repeat("x",i%7)+":\n")};return b.String()}(),
  "colons":strings.Repeat(":",60000)+"\n",
  "anchors":strings.Repeat("&a ",20000)+"\n",
  "tags":strings.Repeat("!a ",20000)+"\n",
  "comments":strings.Repeat("#\n",500000),
  "blank":strings.Repeat("\n",1000000),
  "quotes":strings.Repeat("\"a\" ",15000)+"\n",
  "literal":"a: |\n"+strings.Repeat(" x\n",340000),
  "plain":"a: b\n"+strings.Repeat(" x\n",340000),
  "flowcommas":"a: ["+strings.Repeat("x,\n",340000)+"]\n",
  "docs":strings.Repeat("---\n",250000),
  "cr":strings.Repeat("\r",1000000),
  "flowmap":"a: {"+strings.Repeat("x: y,\n",170000)+"}\n",
  "quotelines":"a: \""+strings.Repeat("x\n",500000)+"\"\n",
  "keysunq":func()string{var b strings.Builder; for range 100000{b.WriteString("ab: cde\n")};return b.String()}(),
 }{
  if !strings.HasPrefix(n,"keys"){continue}
 st:=time.Now(); _,err:=Parse([]byte(s),"c"); d:=time.Since(st)
  m:=""; if err!=nil{m=err.Error()}; if len(m)>80{m=m[:80]}
  t.Log(n,len(s),d.Round(time.Millisecond),m)
 }
}
