"""What other programs export, as they write it."""

TOGGL = """\
User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags,Amount (USD)
Tom,tom@vendor.example,Acme,LDAP,Review call,"agreed, at last",Yes,2026-06-01,09:15:00,2026-06-01,10:45:00,01:30:00,,
Tom,tom@vendor.example,Globex,,,night shift,No,2026-06-01,23:30:00,2026-06-02,00:10:29,00:40:29,"onboarding, odd",
"""

CLOCKIFY = """\
"Project","Client","Description","Task","User","Group","Email","Tags","Billable","Start Date","Start Time","End Date",\
"End Time","Duration (h)","Duration (decimal)","Billable Rate (USD)","Billable Amount (USD)"
"Core","Acme","advice on SCIM","","Tom","","tom@vendor.example","","Yes","05/13/2026","09:00:00 AM","05/13/2026",\
"12:20:00 PM","03:20:00","3.33","0.00","0.00"
"Core","Initech","who?","","Tom","","tom@vendor.example","","No","05/14/2026","01:00:00 PM","05/14/2026","02:00:00 PM",\
"01:00:00","1.00","0.00","0.00"
"""

KIMAI = """\
"Date","From","To","Duration","Rate","User","Customer","Project","Activity","Description","Exported","Tags"
"2026-05-04","15:50","17:51","7260","231.92","tom","Acme","Core","Feedback","they like it","0","a,b"
"2026-05-05","","","2.5","0","tom","Acme","Core","Advice","no times","0",""
"2026-05-06","10:00","12:00","2","0","tom","Acme","Core","Advice","whole hours","0",""
"""

TIMEWARRIOR = """\
[
{"id":3,"start":"20260601T070000Z","end":"20260601T080000Z","tags":["acme","review call","LDAP"]},
{"id":2,"start":"20260602T070000Z","end":"20260602T073000Z","tags":["Globex"],"annotation":"said = much"},
{"id":1,"start":"20260603T070000Z","tags":["acme"]}
]
"""
