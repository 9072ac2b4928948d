<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>not sent yet</source>
        <translation>noch nicht gesendet</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>angenommen</translation>
    </message>
    <message>
        <source>number withheld</source>
        <translation>Nummer unterdrückt</translation>
    </message>
    <message>
        <source>due {when}</source>
        <translation>fällig {when}</translation>
    </message>
    <message>
        <source>knows this</source>
        <translation>kennt sich damit aus</translation>
    </message>
    <message>
        <source>No specialist of this department is here; go back and promise a call back.</source>
        <translation>Aus dieser Abteilung ist kein Spezialist da; gehen Sie zurück und sagen Sie einen Rückruf zu.</translation>
    </message>
    <message>
        <source>{title}: due {when}</source>
        <translation>{title}: fällig {when}</translation>
    </message>
    <message>
        <source>{title}: no deadline</source>
        <translation>{title}: keine Frist</translation>
    </message>
    <message>
        <source>{day} {time}</source>
        <translation>{day} {time}</translation>
    </message>
    <message>
        <source>{day} {date} {month}</source>
        <translation>{day} {date}. {month}</translation>
    </message>
    <message>
        <source>{day} {date} {month} {time}</source>
        <translation>{day} {date}. {month} {time}</translation>
    </message>
    <message>
        <source>{day} {date} {month} {year} {time}</source>
        <translation>{day} {date}. {month} {year} {time}</translation>
    </message>
    <message>
        <source>{date} {month} {year}</source>
        <translation>{date}. {month} {year}</translation>
    </message>
    <message>
        <source>{day} {date} {month} {year}  {time}</source>
        <translation>{day} {date}. {month} {year}  {time}</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>{hours} h {minutes}</source>
        <translation>{hours} h {minutes}</translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation>{hours} h</translation>
    </message>
    <message>
        <source>A colleague</source>
        <translation>Jemand aus dem Team</translation>
    </message>
    <message>
        <source>brought it over from {source}</source>
        <translation>brachte es aus {source} herüber</translation>
    </message>
    <message>
        <source>took the call {times}</source>
        <translation>nahm den Anruf an {times}</translation>
    </message>
    <message>
        <source>opened the ticket, {channel}</source>
        <translation>eröffnete das Ticket, {channel}</translation>
    </message>
    <message>
        <source>The deadline of “{title}” passed</source>
        <translation>Die Frist von „{title}“ ist verstrichen</translation>
    </message>
    <message>
        <source>Dates of the calendar “{calendars}” were corrected</source>
        <translation>Daten des Kalenders „{calendars}“ wurden berichtigt</translation>
    </message>
    <message>
        <source>The deadline of “{title}” is near</source>
        <translation>Die Frist von „{title}“ ist nah</translation>
    </message>
    <message>
        <source>The hours or holidays of {places} were corrected</source>
        <translation>Zeiten oder Feiertage von {places} wurden berichtigt</translation>
    </message>
    <message>
        <source>wrote a note</source>
        <translation>schrieb eine Notiz</translation>
    </message>
    <message>
        <source>spent {time}</source>
        <translation>wendete {time} auf</translation>
    </message>
    <message>
        <source>asked the customer</source>
        <translation>fragte den Kunden</translation>
    </message>
    <message>
        <source>set it to wait for the customer</source>
        <translation>ließ es auf den Kunden warten</translation>
    </message>
    <message>
        <source>noted that the customer answered</source>
        <translation>vermerkte, dass der Kunde geantwortet hat</translation>
    </message>
    <message>
        <source>noted that the customer had to call again</source>
        <translation>vermerkte, dass der Kunde noch einmal anrufen musste</translation>
    </message>
    <message>
        <source>Nobody holds the role “{title}”</source>
        <translation>Niemand hat die Rolle „{title}“</translation>
    </message>
    <message>
        <source>solved it</source>
        <translation>löste es</translation>
    </message>
    <message>
        <source>closed it</source>
        <translation>schloss es</translation>
    </message>
    <message>
        <source>reopened it</source>
        <translation>öffnete es wieder</translation>
    </message>
    <message>
        <source>called back and reached the customer</source>
        <translation>rief zurück und erreichte den Kunden</translation>
    </message>
    <message>
        <source>called back, nobody answered</source>
        <translation>rief zurück, niemand nahm ab</translation>
    </message>
    <message>
        <source>put the caller through to {name}</source>
        <translation>stellte den Anrufer zu {name} durch</translation>
    </message>
    <message>
        <source>promised a call back</source>
        <translation>sagte einen Rückruf zu</translation>
    </message>
    <message>
        <source>took it from the queue</source>
        <translation>nahm es aus der Warteschlange</translation>
    </message>
    <message>
        <source>gave it to {name}</source>
        <translation>gab es {name}</translation>
    </message>
    <message>
        <source>gave it back to the queue</source>
        <translation>gab es in die Warteschlange zurück</translation>
    </message>
    <message>
        <source>handed it over to {name}</source>
        <translation>übergab es an {name}</translation>
    </message>
    <message>
        <source>transferred it to {department}</source>
        <translation>gab es an {department} weiter</translation>
    </message>
    <message>
        <source>moved it to the office {office}</source>
        <translation>verlegte es in das Büro {office}</translation>
    </message>
    <message>
        <source>It went back to the queue; {name} was offline too long</source>
        <translation>Es ging zurück in die Warteschlange; {name} war zu lange offline</translation>
    </message>
    <message>
        <source>has it again: the work was done in time</source>
        <translation>hat es wieder: Die Arbeit war rechtzeitig erledigt</translation>
    </message>
    <message>
        <source>had begun it offline, too late</source>
        <translation>hatte es offline begonnen, zu spät</translation>
    </message>
    <message>
        <source>left a draft that was not sent</source>
        <translation>ließ einen Entwurf da, der nicht gesendet wurde</translation>
    </message>
    <message>
        <source>corrected the details</source>
        <translation>berichtigte die Angaben</translation>
    </message>
    <message>
        <source>gave the class {title}</source>
        <translation>gab die Klasse {title}</translation>
    </message>
    <message>
        <source>looked up what the customer is entitled to: {found}</source>
        <translation>sah nach, worauf der Kunde Anspruch hat: {found}</translation>
    </message>
    <message>
        <source>noted whose it is: {customer}</source>
        <translation>vermerkte, wem es gehört: {customer}</translation>
    </message>
    <message>
        <source>noted a further number: {number}</source>
        <translation>vermerkte eine weitere Nummer: {number}</translation>
    </message>
    <message>
        <source>a known customer</source>
        <translation>ein bekannter Kunde</translation>
    </message>
    <message>
        <source>Class: {title}</source>
        <translation>Klasse: {title}</translation>
    </message>
    <message>
        <source>The caller was told {number}; it stays valid.</source>
        <translation>Dem Anrufer wurde {number} genannt; die Nummer bleibt gültig.</translation>
    </message>
    <message>
        <source>{promise}: {change}</source>
        <translation>{promise}: {change}</translation>
    </message>
    <message>
        <source>promised, without a deadline</source>
        <translation>zugesagt, ohne Frist</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pausiert</translation>
    </message>
    <message>
        <source>deadline moved from {old} to {new}</source>
        <translation>Frist von {old} auf {new} verschoben</translation>
    </message>
    <message>
        <source>runs on, due {when}</source>
        <translation>läuft weiter, fällig {when}</translation>
    </message>
    <message>
        <source>kept; it became known only after the deadline</source>
        <translation>gehalten; bekannt wurde es erst nach der Frist</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>gehalten</translation>
    </message>
    <message>
        <source>does not apply, a contract rules instead</source>
        <translation>gilt nicht, stattdessen gilt ein Vertrag</translation>
    </message>
    <message>
        <source>applies after all, due {when}</source>
        <translation>gilt doch, fällig {when}</translation>
    </message>
    <message>
        <source>ended with the help that was refused</source>
        <translation>endete mit der Hilfe, die abgelehnt wurde</translation>
    </message>
    <message>
        <source>missed, was due {when}</source>
        <translation>verfehlt, war fällig {when}</translation>
    </message>
    <message>
        <source>{when} ({place})</source>
        <translation>{when} ({place})</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>Not a specialist&apos;s call: the promise runs on</source>
        <translation>Kein Anruf eines Spezialisten: Die Zusage läuft weiter</translation>
    </message>
    <message>
        <source>From another department</source>
        <translation>Aus einer anderen Abteilung</translation>
    </message>
    <message>
        <source>recorded {when}</source>
        <translation>erfasst {when}</translation>
    </message>
    <message>
        <source>wrote how it goes</source>
        <translation>schrieb, wie es steht</translation>
    </message>
    <message>
        <source>answered in full, in writing</source>
        <translation>antwortete vollständig, schriftlich</translation>
    </message>
    <message>
        <source>sent an offer</source>
        <translation>sandte ein Angebot</translation>
    </message>
    <message>
        <source>answered in writing</source>
        <translation>antwortete schriftlich</translation>
    </message>
    <message>
        <source>at {time}</source>
        <translation>um {time}</translation>
    </message>
    <message>
        <source>answered after {seconds} s</source>
        <translation>angenommen nach {seconds} s</translation>
    </message>
    <message>
        <source>{time} long</source>
        <translation>{time} lang</translation>
    </message>
    <message>
        <source>under a minute long</source>
        <translation>unter einer Minute lang</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>Anrufer</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>Firma</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Seriennummer</translation>
    </message>
    <message>
        <source>No serial number because</source>
        <translation>Keine Seriennummer, weil</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>Störung</translation>
    </message>
    <message>
        <source>{field}: {before} → {after}</source>
        <translation>{field}: {before} → {after}</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>{field}: {value}</source>
        <translation>{field}: {value}</translation>
    </message>
    <message>
        <source>{number}. {what} — {who}, until {date}</source>
        <translation>{number}. {what} — {who}, bis {date}</translation>
    </message>
    <message>
        <source>A mail came from {sender}</source>
        <translation>Eine E-Mail von {sender} ist gekommen</translation>
    </message>
    <message>
        <source>The message “{title}” goes to {to}</source>
        <translation>Die Mitteilung „{title}“ geht an {to}</translation>
    </message>
    <message>
        <source>The message “{title}” can&apos;t go out: there is no address</source>
        <translation>Die Mitteilung „{title}“ kann nicht hinaus: Es gibt keine Adresse</translation>
    </message>
    <message>
        <source>took down a message for {role}</source>
        <translation>nahm eine Nachricht für {role} auf</translation>
    </message>
    <message>
        <source>gave the own name</source>
        <translation>nannte den eigenen Namen</translation>
    </message>
    <message>
        <source>noted that the caller wants {role}</source>
        <translation>vermerkte, dass der Anrufer {role} sprechen will</translation>
    </message>
    <message>
        <source>filled in</source>
        <translation>füllte aus</translation>
    </message>
    <message>
        <source>agreed on “{amount}” with the customer</source>
        <translation>vereinbarte „{amount}“ mit dem Kunden</translation>
    </message>
    <message>
        <source>triaged it: {category}, {department}</source>
        <translation>ordnete es ein: {category}, {department}</translation>
    </message>
    <message>
        <source>approved it</source>
        <translation>genehmigte es</translation>
    </message>
    <message>
        <source>rejected it</source>
        <translation>lehnte es ab</translation>
    </message>
    <message>
        <source>took it out of the charter: {title}</source>
        <translation>nahm es aus der Servicezusage: {title}</translation>
    </message>
    <message>
        <source>put it under the charter again</source>
        <translation>stellte es wieder unter die Servicezusage</translation>
    </message>
    <message>
        <source>marked it as a common issue</source>
        <translation>markierte es als häufiges Anliegen</translation>
    </message>
    <message>
        <source>marked it as no common issue</source>
        <translation>markierte es als kein häufiges Anliegen</translation>
    </message>
    <message>
        <source>The customer&apos;s issue before this one is done: it is this one&apos;s turn</source>
        <translation>Das frühere Anliegen des Kunden ist erledigt: Jetzt ist dieses an der Reihe</translation>
    </message>
    <message>
        <source>Escalated to “{step}”: {who}</source>
        <translation>Eskaliert zu „{step}“: {who}</translation>
    </message>
    <message>
        <source>wrote the action plan</source>
        <translation>schrieb den Maßnahmenplan</translation>
    </message>
    <message>
        <source>agreed the action plan</source>
        <translation>stimmte dem Maßnahmenplan zu</translation>
    </message>
    <message>
        <source>promised something by {when}</source>
        <translation>sagte etwas zu bis {when}</translation>
    </message>
    <message>
        <source>kept a promise</source>
        <translation>hielt eine Zusage</translation>
    </message>
    <message>
        <source>The moment of a promise passed, and it was not kept</source>
        <translation>Der Zeitpunkt einer Zusage ist verstrichen, sie wurde nicht gehalten</translation>
    </message>
    <message>
        <source>A complaint arrived: {title}</source>
        <translation>Eine Beschwerde ist eingegangen: {title}</translation>
    </message>
    <message>
        <source>confirmed its receipt by voice</source>
        <translation>bestätigte den Eingang mündlich</translation>
    </message>
    <message>
        <source>confirmed its receipt in writing</source>
        <translation>bestätigte den Eingang schriftlich</translation>
    </message>
    <message>
        <source>told how the investigation goes</source>
        <translation>berichtete, wie die Prüfung vorangeht</translation>
    </message>
    <message>
        <source>The customer is taken to have the first update</source>
        <translation>Es gilt, dass der Kunde den ersten Zwischenstand hat</translation>
    </message>
    <message>
        <source>The customer has the first update</source>
        <translation>Der Kunde hat den ersten Zwischenstand</translation>
    </message>
    <message>
        <source>answered the complaint</source>
        <translation>beantwortete die Beschwerde</translation>
    </message>
    <message>
        <source>The complaint goes further: {stage}</source>
        <translation>Die Beschwerde geht weiter: {stage}</translation>
    </message>
    <message>
        <source>noted the decision of an outside body</source>
        <translation>vermerkte die Entscheidung einer äußeren Stelle</translation>
    </message>
    <message>
        <source>carried out measure {number}</source>
        <translation>führte Maßnahme {number} aus</translation>
    </message>
    <message>
        <source>noted that all information is there</source>
        <translation>vermerkte, dass alle Angaben da sind</translation>
    </message>
    <message>
        <source>looked through the call records</source>
        <translation>sah die Anrufaufzeichnungen durch</translation>
    </message>
    <message>
        <source>analysed the complaint</source>
        <translation>untersuchte die Beschwerde</translation>
    </message>
    <message>
        <source>Nobody can be asked: there is no address.</source>
        <translation>Niemand kann gefragt werden: Es gibt keine Adresse.</translation>
    </message>
    <message>
        <source>The survey “{title}” is owed</source>
        <translation>Die Umfrage „{title}“ steht aus</translation>
    </message>
    <message>
        <source>noted the answers to “{title}”</source>
        <translation>vermerkte die Antworten auf „{title}“</translation>
    </message>
    <message>
        <source>proposed to refuse help: {conduct}</source>
        <translation>schlug vor, Hilfe abzulehnen: {conduct}</translation>
    </message>
    <message>
        <source>refused help</source>
        <translation>lehnte Hilfe ab</translation>
    </message>
    <message>
        <source>did not refuse help</source>
        <translation>lehnte Hilfe nicht ab</translation>
    </message>
    <message>
        <source>Mail received</source>
        <translation>E-Mail erhalten</translation>
    </message>
    <message>
        <source>Message sent</source>
        <translation>Mitteilung gesendet</translation>
    </message>
    <message>
        <source>Message taken down</source>
        <translation>Nachricht aufgenommen</translation>
    </message>
    <message>
        <source>Own name given</source>
        <translation>Eigenen Namen genannt</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Genommen</translation>
    </message>
    <message>
        <source>Fields filled in</source>
        <translation>Felder ausgefüllt</translation>
    </message>
    <message>
        <source>Timescale agreed</source>
        <translation>Zeitrahmen vereinbart</translation>
    </message>
    <message>
        <source>Triaged</source>
        <translation>Eingeordnet</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Genehmigt</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Outside the charter</source>
        <translation>Außerhalb der Servicezusage</translation>
    </message>
    <message>
        <source>Inside the charter again</source>
        <translation>Wieder unter der Servicezusage</translation>
    </message>
    <message>
        <source>Marked as common or not</source>
        <translation>Als häufig markiert oder nicht</translation>
    </message>
    <message>
        <source>Escalated</source>
        <translation>Eskaliert</translation>
    </message>
    <message>
        <source>Action plan written</source>
        <translation>Maßnahmenplan geschrieben</translation>
    </message>
    <message>
        <source>Action plan agreed</source>
        <translation>Maßnahmenplan vereinbart</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>Zugesagt</translation>
    </message>
    <message>
        <source>Promise kept</source>
        <translation>Zusage gehalten</translation>
    </message>
    <message>
        <source>Receipt of the complaint confirmed</source>
        <translation>Eingang der Beschwerde bestätigt</translation>
    </message>
    <message>
        <source>Told how the complaint stands</source>
        <translation>Stand der Beschwerde mitgeteilt</translation>
    </message>
    <message>
        <source>First update received</source>
        <translation>Ersten Zwischenstand erhalten</translation>
    </message>
    <message>
        <source>Complaint answered</source>
        <translation>Beschwerde beantwortet</translation>
    </message>
    <message>
        <source>Complaint goes further</source>
        <translation>Beschwerde geht weiter</translation>
    </message>
    <message>
        <source>Outside decision recorded</source>
        <translation>Äußere Entscheidung vermerkt</translation>
    </message>
    <message>
        <source>Measure carried out</source>
        <translation>Maßnahme ausgeführt</translation>
    </message>
    <message>
        <source>Information complete</source>
        <translation>Angaben vollständig</translation>
    </message>
    <message>
        <source>Call records checked</source>
        <translation>Anrufaufzeichnungen geprüft</translation>
    </message>
    <message>
        <source>Complaint analysed</source>
        <translation>Beschwerde untersucht</translation>
    </message>
    <message>
        <source>Survey answered</source>
        <translation>Umfrage beantwortet</translation>
    </message>
    <message>
        <source>Refusal of help proposed</source>
        <translation>Ablehnung der Hilfe vorgeschlagen</translation>
    </message>
    <message>
        <source>Refusal of help decided</source>
        <translation>Ablehnung der Hilfe entschieden</translation>
    </message>
    <message>
        <source>Line added to a register</source>
        <translation>Zeile in ein Verzeichnis eingetragen</translation>
    </message>
    <message>
        <source>Line of a register changed</source>
        <translation>Zeile eines Verzeichnisses geändert</translation>
    </message>
    <message>
        <source>Absence entered</source>
        <translation>Abwesenheit eingetragen</translation>
    </message>
    <message>
        <source>Nobody has decided yet which department this belongs to.</source>
        <translation>Noch hat niemand entschieden, welcher Abteilung dies gehört.</translation>
    </message>
    <message>
        <source>It waits for approval by {department}.</source>
        <translation>Es wartet auf Genehmigung durch {department}.</translation>
    </message>
    <message>
        <source>It was approved.</source>
        <translation>Es wurde genehmigt.</translation>
    </message>
    <message>
        <source>It was rejected.</source>
        <translation>Es wurde abgelehnt.</translation>
    </message>
    <message>
        <source>Outside the charter: {contract} rules instead.</source>
        <translation>Außerhalb der Servicezusage: Stattdessen gilt {contract}.</translation>
    </message>
    <message>
        <source>An earlier issue of the same customer comes first.</source>
        <translation>Ein früheres Anliegen desselben Kunden geht vor.</translation>
    </message>
    <message>
        <source>It was proposed to refuse help; a supervisor decides.</source>
        <translation>Es wurde vorgeschlagen, Hilfe abzulehnen; die Aufsicht entscheidet.</translation>
    </message>
    <message>
        <source>Help was refused.</source>
        <translation>Hilfe wurde abgelehnt.</translation>
    </message>
    <message>
        <source>A common issue.</source>
        <translation>Ein häufiges Anliegen.</translation>
    </message>
    <message>
        <source>Timescale: {amount}</source>
        <translation>Zeitrahmen: {amount}</translation>
    </message>
    <message>
        <source>Kind of customer: {kind}</source>
        <translation>Art des Kunden: {kind}</translation>
    </message>
    <message>
        <source>E-mail: {address}</source>
        <translation>E-Mail: {address}</translation>
    </message>
    <message>
        <source>Owed: {title}</source>
        <translation>Geschuldet: {title}</translation>
    </message>
    <message>
        <source>Owed: {title}, was due {when}</source>
        <translation>Geschuldet: {title}, war fällig {when}</translation>
    </message>
    <message>
        <source>Owed: {title}, due {when}</source>
        <translation>Geschuldet: {title}, fällig {when}</translation>
    </message>
    <message>
        <source>“{promise}” was missed</source>
        <translation>„{promise}“ wurde verfehlt</translation>
    </message>
    <message>
        <source>Escalated {when} to “{step}”: {who}</source>
        <translation>Eskaliert {when} zu „{step}“: {who}</translation>
    </message>
    <message>
        <source>{line} ({why})</source>
        <translation>{line} ({why})</translation>
    </message>
    <message>
        <source>An action plan is owed.</source>
        <translation>Ein Maßnahmenplan steht aus.</translation>
    </message>
    <message>
        <source>Action plan, not agreed yet:</source>
        <translation>Maßnahmenplan, noch nicht vereinbart:</translation>
    </message>
    <message>
        <source>Action plan, agreed by {who}:</source>
        <translation>Maßnahmenplan, vereinbart von {who}:</translation>
    </message>
    <message>
        <source>The customer agreed on {date}.</source>
        <translation>Der Kunde stimmte am {date} zu.</translation>
    </message>
    <message>
        <source>kept {when}</source>
        <translation>gehalten {when}</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>gebrochen</translation>
    </message>
    <message>
        <source>kept late, {when}</source>
        <translation>verspätet gehalten, {when}</translation>
    </message>
    <message>
        <source>Promise {number}: {what}, by {when}: {stands}</source>
        <translation>Zusage {number}: {what}, bis {when}: {stands}</translation>
    </message>
    <message>
        <source>{title}, {stage}: {summary}</source>
        <translation>{title}, {stage}: {summary}</translation>
    </message>
    <message>
        <source>About {name}.</source>
        <translation>Über {name}.</translation>
    </message>
    <message>
        <source>It is about the use of personal data.</source>
        <translation>Es geht um den Umgang mit persönlichen Daten.</translation>
    </message>
    <message>
        <source>Kept under {address}.</source>
        <translation>Abgelegt unter {address}.</translation>
    </message>
    <message>
        <source>The information is incomplete since {when}; the answer is not owed before.</source>
        <translation>Die Angaben sind seit {when} unvollständig; vorher ist keine Antwort geschuldet.</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>to be done</source>
        <translation>zu erledigen</translation>
    </message>
    <message>
        <source>Measure {number}: {what}: {stands}</source>
        <translation>Maßnahme {number}: {what}: {stands}</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
    <message>
        <source>{title}: {given}</source>
        <translation>{title}: {given}</translation>
    </message>
    <message numerus="yes">
        <source>%n calls from these numbers are on record.</source>
        <translation>
            <numerusform>%n Anruf von diesen Nummern ist erfasst.</numerusform>
            <numerusform>%n Anrufe von diesen Nummern sind erfasst.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is known yet of: {titles}.</source>
        <translation>Noch nichts bekannt über: {titles}.</translation>
    </message>
    <message>
        <source>Receipt confirmed {when}</source>
        <translation>Eingang bestätigt {when}</translation>
    </message>
    <message>
        <source>Last told how it stands {when}</source>
        <translation>Zuletzt den Stand mitgeteilt {when}</translation>
    </message>
    <message>
        <source>First update received {when}</source>
        <translation>Ersten Zwischenstand erhalten {when}</translation>
    </message>
    <message>
        <source>Information complete {when}</source>
        <translation>Angaben vollständig {when}</translation>
    </message>
    <message>
        <source>Call records checked {when}</source>
        <translation>Anrufaufzeichnungen geprüft {when}</translation>
    </message>
    <message>
        <source>Analysis: {text}</source>
        <translation>Untersuchung: {text}</translation>
    </message>
    <message>
        <source>After the answer the customer may go on to: {stages}.</source>
        <translation>Nach der Antwort kann der Kunde weitergehen zu: {stages}.</translation>
    </message>
    <message>
        <source>Message “{title}”: there is no address to send it to</source>
        <translation>Mitteilung „{title}“: Es gibt keine Adresse dafür</translation>
    </message>
    <message>
        <source>Message “{title}” to {to}</source>
        <translation>Mitteilung „{title}“ an {to}</translation>
    </message>
    <message>
        <source>not answered yet</source>
        <translation>noch nicht beantwortet</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Waiting for the customer</source>
        <translation>Wartet auf den Kunden</translation>
    </message>
    <message>
        <source>Solved</source>
        <translation>Gelöst</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Geschlossen</translation>
    </message>
    <message>
        <source>{title} until {date}</source>
        <translation>{title} bis {date}</translation>
    </message>
    <message>
        <source>Entitled</source>
        <translation>Anspruch besteht</translation>
    </message>
    <message>
        <source>{title} ended {date}</source>
        <translation>{title} endete {date}</translation>
    </message>
    <message>
        <source>No contract, no warranty</source>
        <translation>Kein Vertrag, keine Garantie</translation>
    </message>
    <message>
        <source>Entitlement not known</source>
        <translation>Anspruch nicht bekannt</translation>
    </message>
    <message>
        <source>no class yet</source>
        <translation>noch keine Klasse</translation>
    </message>
    <message>
        <source>nobody holds it</source>
        <translation>niemand bearbeitet es</translation>
    </message>
    <message>
        <source>you hold it</source>
        <translation>Sie bearbeiten es</translation>
    </message>
    <message>
        <source>held by {name}</source>
        <translation>bei {name}</translation>
    </message>
    <message>
        <source>a colleague</source>
        <translation>jemand aus dem Team</translation>
    </message>
    <message>
        <source>by phone</source>
        <translation>per Telefon</translation>
    </message>
    <message>
        <source>by e-mail</source>
        <translation>per E-Mail</translation>
    </message>
    <message>
        <source>by web form</source>
        <translation>über das Webformular</translation>
    </message>
    <message>
        <source>by letter</source>
        <translation>per Brief</translation>
    </message>
    <message>
        <source>by the portal</source>
        <translation>über das Portal</translation>
    </message>
    <message>
        <source>was due {when}</source>
        <translation>war fällig {when}</translation>
    </message>
    <message>
        <source>no deadline until the pause ends</source>
        <translation>keine Frist, bis die Pause endet</translation>
    </message>
    <message>
        <source>does not apply</source>
        <translation>gilt nicht</translation>
    </message>
    <message>
        <source>kept, learnt late</source>
        <translation>gehalten, spät bekannt geworden</translation>
    </message>
    <message>
        <source>done {time} late</source>
        <translation>{time} zu spät erledigt</translation>
    </message>
    <message>
        <source>done late</source>
        <translation>zu spät erledigt</translation>
    </message>
    <message>
        <source>late</source>
        <translation>zu spät</translation>
    </message>
    <message>
        <source>it began because what should have begun it was missed</source>
        <translation>es begann, weil versäumt wurde, was es hätte beginnen sollen</translation>
    </message>
    <message>
        <source>no deadline</source>
        <translation>keine Frist</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>verpasst</translation>
    </message>
    <message>
        <source>it became a ticket</source>
        <translation>es wurde ein Ticket</translation>
    </message>
    <message>
        <source>the caller gave up</source>
        <translation>der Anrufer hat aufgelegt</translation>
    </message>
    <message>
        <source>the caller was not entitled</source>
        <translation>der Anrufer hatte keinen Anspruch</translation>
    </message>
    <message>
        <source>wrong number</source>
        <translation>falsch verbunden</translation>
    </message>
    <message>
        <source>no ticket was needed</source>
        <translation>kein Ticket war nötig</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Dates of the calendar were corrected: the deadline moved from {old} to {new}.</source>
        <translation>Daten des Kalenders wurden berichtigt: Die Frist verschob sich von {old} auf {new}.</translation>
    </message>
    <message>
        <source>The deadline moved from {old} to {new}.</source>
        <translation>Die Frist verschob sich von {old} auf {new}.</translation>
    </message>
    <message>
        <source>Nobody promised anything here, because this desk&apos;s policy makes no promises.</source>
        <translation>Hier wurde nichts zugesagt, weil das Regelwerk dieses Desks keine Zusagen macht.</translation>
    </message>
    <message>
        <source>Nobody promised anything here, because neither a contract nor a warranty ran on the day of the call ({rules}).</source>
        <translation>Hier wurde nichts zugesagt, weil am Tag des Anrufs weder ein Vertrag noch eine Garantie lief ({rules}).</translation>
    </message>
    <message>
        <source>“{title}”</source>
        <translation>„{title}“</translation>
    </message>
    <message>
        <source>Nobody promised anything here, because what starts {promises} has not happened.</source>
        <translation>Hier wurde nichts zugesagt, weil nicht geschehen ist, womit {promises} beginnt.</translation>
    </message>
    <message>
        <source>attached {name}, {size}: a program, to be saved only by who expects it</source>
        <translation>hängte {name} an, {size}: ein Programm, nur zu speichern von dem, der es erwartet</translation>
    </message>
    <message>
        <source>attached {name}, {size}</source>
        <translation>hängte {name} an, {size}</translation>
    </message>
    <message>
        <source>Call begun</source>
        <translation>Anruf begonnen</translation>
    </message>
    <message>
        <source>Call answered</source>
        <translation>Anruf angenommen</translation>
    </message>
    <message>
        <source>Call hung up</source>
        <translation>Aufgelegt</translation>
    </message>
    <message>
        <source>Number and class told</source>
        <translation>Nummer und Klasse genannt</translation>
    </message>
    <message>
        <source>Call finished</source>
        <translation>Anruf abgeschlossen</translation>
    </message>
    <message>
        <source>Call logged</source>
        <translation>Anruf erfasst</translation>
    </message>
    <message>
        <source>Ticket made</source>
        <translation>Ticket angelegt</translation>
    </message>
    <message>
        <source>Details corrected</source>
        <translation>Angaben berichtigt</translation>
    </message>
    <message>
        <source>Classified</source>
        <translation>Klasse gegeben</translation>
    </message>
    <message>
        <source>Take next</source>
        <translation>Nächstes nehmen</translation>
    </message>
    <message>
        <source>Given back</source>
        <translation>Zurückgegeben</translation>
    </message>
    <message>
        <source>Reply to the customer</source>
        <translation>Antwort an den Kunden</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Time logged</source>
        <translation>Zeit erfasst</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>Übergeben</translation>
    </message>
    <message>
        <source>Put through</source>
        <translation>Durchstellen</translation>
    </message>
    <message>
        <source>Call back promised</source>
        <translation>Rückruf zugesagt</translation>
    </message>
    <message>
        <source>Called back</source>
        <translation>Zurückgerufen</translation>
    </message>
    <message>
        <source>Question to the customer</source>
        <translation>Frage an den Kunden</translation>
    </message>
    <message>
        <source>Waits for the customer</source>
        <translation>Wartet auf den Kunden</translation>
    </message>
    <message>
        <source>The customer answered</source>
        <translation>Der Kunde hat geantwortet</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Gelöst</translation>
    </message>
    <message>
        <source>Reopened</source>
        <translation>Wieder geöffnet</translation>
    </message>
    <message>
        <source>Transferred</source>
        <translation>Weitergegeben</translation>
    </message>
    <message>
        <source>Moved to another office</source>
        <translation>In ein anderes Büro verlegt</translation>
    </message>
    <message>
        <source>File attached</source>
        <translation>Datei angehängt</translation>
    </message>
    <message>
        <source>It is on record, but what was spoken does not keep the promise of a written confirmation.</source>
        <translation>Es ist vermerkt, aber Gesprochenes hält die Zusage einer schriftlichen Bestätigung nicht.</translation>
    </message>
    <message>
        <source>It is on record, but only a specialist&apos;s call keeps the promise.</source>
        <translation>Es ist vermerkt, aber nur der Anruf eines Spezialisten hält die Zusage.</translation>
    </message>
    <message>
        <source>The number was taken already; it has another one now, and the one that was told stays valid.</source>
        <translation>Die Nummer war schon vergeben; es hat jetzt eine andere, und die genannte bleibt gültig.</translation>
    </message>
    <message>
        <source>It is sent to the department that the ticket belongs to.</source>
        <translation>Es geht an die Abteilung, der das Ticket gehört.</translation>
    </message>
    <message>
        <source>It was not sent: you were offline too long, and the ticket went back to the queue. It is a draft for whoever has it now.</source>
        <translation>Es wurde nicht gesendet: Sie waren zu lange offline, und das Ticket ging zurück in die Warteschlange. Wer es jetzt hat, findet einen Entwurf vor.</translation>
    </message>
    <message>
        <source>Somebody else had taken it before this arrived; what you did on it is kept as a draft.</source>
        <translation>Jemand anders hatte es genommen, bevor dies ankam; was Sie getan haben, ist als Entwurf aufgehoben.</translation>
    </message>
    <message>
        <source>It was not sent: somebody else has the ticket. It is kept there as a draft.</source>
        <translation>Es wurde nicht gesendet: Jemand anders hat das Ticket. Dort liegt es als Entwurf.</translation>
    </message>
    <message>
        <source>It joined the ticket whose number it quotes.</source>
        <translation>Es kam zu dem Ticket, dessen Nummer es nennt.</translation>
    </message>
    <message>
        <source>sent, no answer yet</source>
        <translation>gesendet, noch keine Antwort</translation>
    </message>
    <message>
        <source>waits for the one that needs attention</source>
        <translation>wartet auf das, was Ihre Aufmerksamkeit braucht</translation>
    </message>
    <message>
        <source>needs attention</source>
        <translation>braucht Ihre Aufmerksamkeit</translation>
    </message>
    <message>
        <source>its file is still being sent</source>
        <translation>die Datei dazu wird noch gesendet</translation>
    </message>
    <message>
        <source>Filled from the phone number; ask to be sure</source>
        <translation>Aus der Telefonnummer ausgefüllt; fragen Sie sicherheitshalber nach</translation>
    </message>
    <message>
        <source>Known customer</source>
        <translation>Bekannter Kunde</translation>
    </message>
    <message>
        <source>Perhaps known: choose at the right</source>
        <translation>Vielleicht bekannt: rechts auswählen</translation>
    </message>
    <message>
        <source>New customer</source>
        <translation>Neuer Kunde</translation>
    </message>
    <message numerus="yes">
        <source>%n people may have this number</source>
        <translation>
            <numerusform>%n Person könnte diese Nummer haben</numerusform>
            <numerusform>%n Personen könnten diese Nummer haben</numerusform>
        </translation>
    </message>
    <message>
        <source>Open tickets of this customer</source>
        <translation>Offene Tickets dieses Kunden</translation>
    </message>
    <message>
        <source>Same device as {number}?</source>
        <translation>Dasselbe Gerät wie {number}?</translation>
    </message>
    <message>
        <source>A call back is not guaranteed</source>
        <translation>Ein Rückruf ist nicht garantiert</translation>
    </message>
    <message>
        <source>No contract and no warranty: the call is logged all the same (H-05, H-12).</source>
        <translation>Kein Vertrag und keine Garantie: Der Anruf wird trotzdem erfasst (H-05, H-12).</translation>
    </message>
    <message>
        <source>If you call back: no time is promised</source>
        <translation>Bei Rückruf: keine Zeit zugesagt</translation>
    </message>
    <message>
        <source>{amount}; rules {rules}</source>
        <translation>{amount}; Regeln {rules}</translation>
    </message>
    <message>
        <source>If you call back: {due}, if saved now</source>
        <translation>Bei Rückruf: {due}, wenn jetzt gespeichert wird</translation>
    </message>
    <message>
        <source>{company} · only alike</source>
        <translation>{company} · nur ähnlich</translation>
    </message>
    <message>
        <source>answered in {seconds} s</source>
        <translation>angenommen in {seconds} s</translation>
    </message>
    <message>
        <source>{number} · {fast}</source>
        <translation>{number} · {fast}</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Other call</source>
        <translation>Anderer Anruf</translation>
    </message>
    <message>
        <source>This call was open when the program ended; go on where you left it.</source>
        <translation>Dieser Anruf war offen, als das Programm endete; machen Sie dort weiter, wo Sie waren.</translation>
    </message>
    <message>
        <source>Sign in first.</source>
        <translation>Melden Sie sich zuerst an.</translation>
    </message>
    <message>
        <source>The call is saved here, but cannot be shown before the server has answered.</source>
        <translation>Der Anruf ist hier gespeichert, kann aber erst gezeigt werden, wenn der Server geantwortet hat.</translation>
    </message>
    <message>
        <source>No call is open; F2 begins one.</source>
        <translation>Kein Anruf ist offen; F2 beginnt einen.</translation>
    </message>
    <message>
        <source>The call {number} is finished and recorded.</source>
        <translation>Der Anruf {number} ist abgeschlossen und erfasst.</translation>
    </message>
    <message>
        <source>Open the form F2</source>
        <translation>Formular öffnen F2</translation>
    </message>
    <message>
        <source>Answer F2</source>
        <translation>Annehmen F2</translation>
    </message>
    <message>
        <source>Back to the call</source>
        <translation>Zurück zum Anruf</translation>
    </message>
    <message>
        <source>New call</source>
        <translation>Neuer Anruf</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>Es klingelt</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>Verpasst</translation>
    </message>
    <message>
        <source>End call</source>
        <translation>Anruf beenden</translation>
    </message>
    <message>
        <source>On a call</source>
        <translation>Im Gespräch</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>Nacharbeit</translation>
    </message>
    <message>
        <source>Finish call</source>
        <translation>Anruf abschließen</translation>
    </message>
    <message>
        <source>{number}, as “{name}”</source>
        <translation>{number}, als „{name}“</translation>
    </message>
    <message>
        <source>{names} ({number}, not verified)</source>
        <translation>{names} ({number}, nicht geprüft)</translation>
    </message>
    <message numerus="yes">
        <source>{number} (%n possible callers)</source>
        <translation>
            <numerusform>{number} (%n möglicher Anrufer)</numerusform>
            <numerusform>{number} (%n mögliche Anrufer)</numerusform>
        </translation>
    </message>
    <message>
        <source>Missed call: {who}</source>
        <translation>Verpasster Anruf: {who}</translation>
    </message>
    <message>
        <source>Answered: {who}</source>
        <translation>Angenommen: {who}</translation>
    </message>
    <message>
        <source>{who} is calling</source>
        <translation>{who} ruft an</translation>
    </message>
    <message>
        <source>No ticket needed</source>
        <translation>Kein Ticket nötig</translation>
    </message>
    <message>
        <source>Wrong number</source>
        <translation>Falsch verbunden</translation>
    </message>
    <message>
        <source>Not entitled</source>
        <translation>Kein Anspruch</translation>
    </message>
    <message>
        <source>Abandoned</source>
        <translation>Aufgelegt</translation>
    </message>
    <message>
        <source>Save it as a ticket</source>
        <translation>Als Ticket speichern</translation>
    </message>
    <message>
        <source>This call has no ticket yet. Why is none needed?</source>
        <translation>Dieser Anruf hat noch kein Ticket. Warum ist keins nötig?</translation>
    </message>
    <message>
        <source>A call that was begun stays recorded with its number, whatever the answer (H-08).</source>
        <translation>Ein begonnener Anruf bleibt mit seiner Nummer erfasst, wie auch immer die Antwort lautet (H-08).</translation>
    </message>
    <message>
        <source>Did you tell the caller the number and the class?</source>
        <translation>Haben Sie dem Anrufer Nummer und Klasse genannt?</translation>
    </message>
    <message>
        <source>Both belong into the call itself (H-11).</source>
        <translation>Beides gehört in den Anruf selbst (H-11).</translation>
    </message>
    <message>
        <source>Yes, told</source>
        <translation>Ja, genannt</translation>
    </message>
    <message>
        <source>No, not told</source>
        <translation>Nein, nicht genannt</translation>
    </message>
    <message>
        <source>Caller not known yet</source>
        <translation>Anrufer noch nicht bekannt</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>New fault</source>
        <translation>Neue Störung</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Why is there no serial number?</source>
        <translation>Warum gibt es keine Seriennummer?</translation>
    </message>
    <message>
        <source>Choices for {field}</source>
        <translation>Auswahl für {field}</translation>
    </message>
    <message>
        <source>“{typed}” by “{known}”</source>
        <translation>„{typed}“ durch „{known}“</translation>
    </message>
    <message>
        <source>Replace what you typed: {parts}?</source>
        <translation>Ersetzen, was Sie getippt haben: {parts}?</translation>
    </message>
    <message>
        <source>Keep what I typed</source>
        <translation>Getipptes behalten</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>only alike</source>
        <translation>nur ähnlich</translation>
    </message>
    <message>
        <source>{product} · {company}</source>
        <translation>{product} · {company}</translation>
    </message>
    <message>
        <source>{company} · {phone}</source>
        <translation>{company} · {phone}</translation>
    </message>
    <message>
        <source>Put through to a specialist</source>
        <translation>Zu einem Spezialisten durchstellen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Specialists</source>
        <translation>Spezialisten</translation>
    </message>
    <message>
        <source>Back to the form</source>
        <translation>Zurück zum Formular</translation>
    </message>
    <message>
        <source>{number}: those who know this product stand first.</source>
        <translation>{number}: Wer dieses Produkt kennt, steht oben.</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Gespeichert.</translation>
    </message>
    <message>
        <source>Told number and class</source>
        <translation>Nummer und Klasse genannt</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>Zurückrufen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>read it out with the class</source>
        <translation>mit der Klasse vorlesen</translation>
    </message>
    <message>
        <source>{kind}, saved</source>
        <translation>{kind}, gespeichert</translation>
    </message>
    <message>
        <source>New: {kind}</source>
        <translation>Neu: {kind}</translation>
    </message>
    <message>
        <source>What it is about</source>
        <translation>Worum es geht</translation>
    </message>
    <message>
        <source>Not on the disk yet: {reason}</source>
        <translation>Noch nicht auf der Platte: {reason}</translation>
    </message>
    <message>
        <source>Saved. The number stays the same for ever.</source>
        <translation>Gespeichert. Die Nummer bleibt für immer dieselbe.</translation>
    </message>
    <message>
        <source>Put through to {name}.</source>
        <translation>Zu {name} durchgestellt.</translation>
    </message>
    <message>
        <source>A specialist calls back.</source>
        <translation>Ein Spezialist ruft zurück.</translation>
    </message>
    <message>
        <source>A specialist calls back: {due}. Tell the caller.</source>
        <translation>Ein Spezialist ruft zurück: {due}. Sagen Sie es dem Anrufer.</translation>
    </message>
    <message>
        <source>Noted: the {role} is told.</source>
        <translation>Vermerkt: {role} erfährt davon.</translation>
    </message>
    <message>
        <source>Told at {time}</source>
        <translation>Genannt um {time}</translation>
    </message>
    <message>
        <source>The caller was told number and class at {time}.</source>
        <translation>Dem Anrufer wurden Nummer und Klasse um {time} genannt.</translation>
    </message>
    <message>
        <source>Choose a class first: number and class are told together (H-10).</source>
        <translation>Wählen Sie zuerst eine Klasse: Nummer und Klasse werden zusammen genannt (H-10).</translation>
    </message>
    <message>
        <source>Choose how it goes on: put the caller through (Ctrl+1) or promise a call back (Ctrl+2) (H-13).</source>
        <translation>Wählen Sie, wie es weitergeht: den Anrufer durchstellen (Strg+1) oder einen Rückruf zusagen (Strg+2) (H-13).</translation>
    </message>
    <message>
        <source>Saved on this computer {seconds} s ago</source>
        <translation>Auf diesem Rechner gespeichert vor {seconds} s</translation>
    </message>
    <message>
        <source>Saved on this computer {minutes} min ago</source>
        <translation>Auf diesem Rechner gespeichert vor {minutes} min</translation>
    </message>
    <message>
        <source>Call backs</source>
        <translation>Rückrufe</translation>
    </message>
    <message>
        <source>No call is owed</source>
        <translation>Kein Rückruf steht aus</translation>
    </message>
    <message>
        <source>Calls that were promised back appear here, the next one first.</source>
        <translation>Hier erscheinen zugesagte Rückrufe, der nächste zuerst.</translation>
    </message>
    <message numerus="yes">
        <source>%n call backs owed</source>
        <translation>
            <numerusform>%n Rückruf steht aus</numerusform>
            <numerusform>%n Rückrufe stehen aus</numerusform>
        </translation>
    </message>
    <message>
        <source>Reached</source>
        <translation>Erreicht</translation>
    </message>
    <message>
        <source>Nobody answered</source>
        <translation>Niemand nahm ab</translation>
    </message>
    <message>
        <source>Open the ticket</source>
        <translation>Ticket öffnen</translation>
    </message>
    <message>
        <source>No call is owed.</source>
        <translation>Kein Rückruf steht aus.</translation>
    </message>
    <message>
        <source>Your call is noted. The promise runs on until a specialist has called.</source>
        <translation>Ihr Anruf ist vermerkt. Die Zusage läuft weiter, bis ein Spezialist angerufen hat.</translation>
    </message>
    <message>
        <source>Noted: {company} did not answer. The call stays owed until the customer was spoken to.</source>
        <translation>Vermerkt: {company} hat nicht abgenommen. Der Rückruf steht aus, bis mit dem Kunden gesprochen wurde.</translation>
    </message>
    <message>
        <source>The call back to {company} is noted</source>
        <translation>Der Rückruf bei {company} ist vermerkt</translation>
    </message>
    <message>
        <source>Search tickets, people, serial numbers</source>
        <translation>Tickets, Personen, Geräte suchen</translation>
    </message>
    <message>
        <source>No call</source>
        <translation>Kein Anruf</translation>
    </message>
    <message>
        <source>Open tickets of this caller</source>
        <translation>Offene Tickets dieses Anrufers</translation>
    </message>
    <message>
        <source>The customer and what is promised appear here.</source>
        <translation>Hier erscheinen der Kunde und was zugesagt ist.</translation>
    </message>
    <message>
        <source>{what} · {number}</source>
        <translation>{what} · {number}</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>{what}: press Ctrl+Z within ten seconds to take it back</source>
        <translation>{what}: Strg+Z nimmt es innerhalb von zehn Sekunden zurück</translation>
    </message>
    <message>
        <source>Nothing can be taken back now.</source>
        <translation>Jetzt kann nichts zurückgenommen werden.</translation>
    </message>
    <message>
        <source>{what} — can be taken back for {seconds} s</source>
        <translation>{what} — kann noch {seconds} s zurückgenommen werden</translation>
    </message>
    <message numerus="yes">
        <source>{what} (and %n more)</source>
        <translation>
            <numerusform>{what} (und %n weiteres)</numerusform>
            <numerusform>{what} (und %n weitere)</numerusform>
        </translation>
    </message>
    <message>
        <source>The program ended before this could be taken back; it counts as given and is sent: {what}.</source>
        <translation>Das Programm endete, bevor dies zurückgenommen werden konnte; es gilt als gegeben und wird gesendet: {what}.</translation>
    </message>
    <message>
        <source>Taken back, nothing was sent: {what}.</source>
        <translation>Zurückgenommen, nichts wurde gesendet: {what}.</translation>
    </message>
    <message>
        <source>Keep the window open</source>
        <translation>Fenster offen lassen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Stay signed in</source>
        <translation>Angemeldet bleiben</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>Was möchten Sie tun?</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>No action has these words.</source>
        <translation>Keine Aktion enthält diese Wörter.</translation>
    </message>
    <message>
        <source>Earlier month</source>
        <translation>Früherer Monat</translation>
    </message>
    <message>
        <source>Later month</source>
        <translation>Späterer Monat</translation>
    </message>
    <message>
        <source>Months as a list</source>
        <translation>Monate als Liste</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Kennzahlen</translation>
    </message>
    <message>
        <source>As a whole</source>
        <translation>Im Ganzen</translation>
    </message>
    <message>
        <source>By office</source>
        <translation>Nach Büro</translation>
    </message>
    <message>
        <source>By department</source>
        <translation>Nach Abteilung</translation>
    </message>
    <message>
        <source>By member</source>
        <translation>Nach Person</translation>
    </message>
    <message>
        <source>By customer</source>
        <translation>Nach Kunde</translation>
    </message>
    <message>
        <source>Taken apart</source>
        <translation>Aufgeteilt</translation>
    </message>
    <message>
        <source>Counted {time}.</source>
        <translation>Gezählt {time}.</translation>
    </message>
    <message>
        <source>As signed off by {name}, {time}.</source>
        <translation>Wie von {name} abgezeichnet, {time}.</translation>
    </message>
    <message>
        <source>{why} These are the figures as they were told last.</source>
        <translation>{why} Das sind die Kennzahlen, wie sie zuletzt gemeldet wurden.</translation>
    </message>
    <message>
        <source>Met</source>
        <translation>Eingehalten</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Laufend</translation>
    </message>
    <message>
        <source>Not measurable</source>
        <translation>Nicht messbar</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Ausgenommen</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>Gezählt</translation>
    </message>
    <message>
        <source>Target {percent} %</source>
        <translation>Ziel {percent} %</translation>
    </message>
    <message>
        <source>Back to the queue</source>
        <translation>Zurück zur Warteschlange</translation>
    </message>
    <message>
        <source>due {time}</source>
        <translation>fällig {time}</translation>
    </message>
    <message>
        <source>{due} {office} time</source>
        <translation>{due} Zeit in {office}</translation>
    </message>
    <message>
        <source>no company</source>
        <translation>keine Firma</translation>
    </message>
    <message>
        <source>Waiting for customer</source>
        <translation>Wartet auf den Kunden</translation>
    </message>
    <message>
        <source>Received {time}</source>
        <translation>Eingegangen {time}</translation>
    </message>
    <message>
        <source>what is due first</source>
        <translation>was zuerst fällig ist</translation>
    </message>
    <message>
        <source>then what came in first</source>
        <translation>dann, was zuerst kam</translation>
    </message>
    <message>
        <source>then the lower number</source>
        <translation>dann die niedrigere Nummer</translation>
    </message>
    <message>
        <source>The order is mandated: {keys}. Work starts with Take next; the list itself opens read-only.</source>
        <translation>Die Reihenfolge ist vorgeschrieben: {keys}. Die Arbeit beginnt mit „Nächstes nehmen“; aus der Liste öffnet sich ein Ticket nur zum Lesen.</translation>
    </message>
    <message>
        <source>In hand</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>Show all tickets</source>
        <translation>Alle Tickets zeigen</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Nobody is signed in</source>
        <translation>Niemand ist angemeldet</translation>
    </message>
    <message>
        <source>Sign in, and the queue of your department appears here.</source>
        <translation>Melden Sie sich an, dann erscheint hier die Warteschlange Ihrer Abteilung.</translation>
    </message>
    <message>
        <source>All departments</source>
        <translation>Alle Abteilungen</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message numerus="yes">
        <source>%n in hand</source>
        <translation>
            <numerusform>%n in Arbeit</numerusform>
            <numerusform>%n in Arbeit</numerusform>
        </translation>
    </message>
    <message>
        <source>Fetching the desk&apos;s data</source>
        <translation>Die Daten des Desks werden geholt</translation>
    </message>
    <message>
        <source>The queue shows only what you hold. Take the next ticket, or show all again.</source>
        <translation>Die Liste zeigt nur, was Sie in Arbeit haben. Nehmen Sie das nächste Ticket, oder zeigen Sie wieder alle.</translation>
    </message>
    <message>
        <source>You hold no ticket</source>
        <translation>Sie haben kein Ticket in Arbeit</translation>
    </message>
    <message>
        <source>Nothing waits</source>
        <translation>Nichts wartet</translation>
    </message>
    <message>
        <source>New tickets appear here by themselves.</source>
        <translation>Neue Tickets erscheinen hier von selbst.</translation>
    </message>
    <message>
        <source>This is the last ticket of the queue.</source>
        <translation>Das ist das letzte Ticket der Warteschlange.</translation>
    </message>
    <message>
        <source>This is the first ticket of the queue.</source>
        <translation>Das ist das erste Ticket der Warteschlange.</translation>
    </message>
    <message>
        <source>The server is being asked for the next ticket.</source>
        <translation>Der Server wird nach dem nächsten Ticket gefragt.</translation>
    </message>
    <message>
        <source>Asking the server for the next ticket…</source>
        <translation>Der Server wird nach dem nächsten Ticket gefragt…</translation>
    </message>
    <message>
        <source>{done} of {total} rows are here</source>
        <translation>{done} von {total} Zeilen sind hier</translation>
    </message>
    <message>
        <source>The clock is paused</source>
        <translation>Die Uhr pausiert</translation>
    </message>
    <message>
        <source>The promise was kept</source>
        <translation>Die Zusage wurde gehalten</translation>
    </message>
    <message>
        <source>A contract rules instead; the promise does not apply</source>
        <translation>Stattdessen gilt ein Vertrag; die Zusage gilt nicht</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>The promise ended with the help that was refused</source>
        <translation>Die Zusage endete mit der Hilfe, die abgelehnt wurde</translation>
    </message>
    <message>
        <source>{opens}, then {left}</source>
        <translation>{opens}, dann {left}</translation>
    </message>
    <message>
        <source>under 1 min left</source>
        <translation>noch unter 1 min</translation>
    </message>
    <message>
        <source>{minutes} min left</source>
        <translation>noch {minutes} min</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>late now</source>
        <translation>jetzt zu spät</translation>
    </message>
    <message numerus="yes">
        <source>late %n days</source>
        <translation>
            <numerusform>%n Tag zu spät</numerusform>
            <numerusform>%n Tage zu spät</numerusform>
        </translation>
    </message>
    <message>
        <source>late {time}</source>
        <translation>{time} zu spät</translation>
    </message>
    <message>
        <source>opens {time}</source>
        <translation>öffnet {time}</translation>
    </message>
    <message>
        <source>This ticket is gone</source>
        <translation>Dieses Ticket ist nicht mehr da</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n wartet</numerusform>
            <numerusform>%n warten</numerusform>
        </translation>
    </message>
    <message>
        <source>Waiting tickets</source>
        <translation>Wartende Tickets</translation>
    </message>
    <message>
        <source>Answer in writing</source>
        <translation>Schriftlich antworten</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>To {person}</source>
        <translation>An {person}</translation>
    </message>
    <message>
        <source>First words</source>
        <translation>Erste Worte</translation>
    </message>
    <message>
        <source>Last words</source>
        <translation>Letzte Worte</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Was es ist</translation>
    </message>
    <message>
        <source>Text block</source>
        <translation>Textbaustein</translation>
    </message>
    <message>
        <source>The ticket says already all that is usually asked.</source>
        <translation>Das Ticket sagt schon alles, was üblicherweise gefragt wird.</translation>
    </message>
    <message>
        <source>Copy to {addresses}</source>
        <translation>Kopie an {addresses}</translation>
    </message>
    <message>
        <source>You ask:
{questions}</source>
        <translation>Sie fragen:
{questions}</translation>
    </message>
    <message>
        <source>As the customer will see it</source>
        <translation>So sieht es der Kunde</translation>
    </message>
    <message>
        <source>Not as it stands: {reason}</source>
        <translation>So noch nicht: {reason}</translation>
    </message>
    <message>
        <source>No mail is sent of it by the policy of this desk; it is kept with the ticket.</source>
        <translation>Nach dem Regelwerk dieses Desks geht davon keine E-Mail hinaus; es bleibt beim Ticket.</translation>
    </message>
    <message>
        <source>From {address}</source>
        <translation>Von {address}</translation>
    </message>
    <message>
        <source>To {address}</source>
        <translation>An {address}</translation>
    </message>
    <message>
        <source>Subject: {subject}</source>
        <translation>Betreff: {subject}</translation>
    </message>
    <message>
        <source>There is no e-mail address: nobody gets this by mail. Ask for one, or tell the customer.</source>
        <translation>Es gibt keine E-Mail-Adresse: Niemand bekommt dies per E-Mail. Fragen Sie danach, oder sagen Sie es dem Kunden.</translation>
    </message>
    <message>
        <source>Progress update</source>
        <translation>Zwischenstand</translation>
    </message>
    <message>
        <source>Full answer</source>
        <translation>Vollständige Antwort</translation>
    </message>
    <message>
        <source>Offer</source>
        <translation>Angebot</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Go on writing</source>
        <translation>Weiterschreiben</translation>
    </message>
    <message>
        <source>Unsent work</source>
        <translation>Ungesendetes</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Fenster schließen</translation>
    </message>
    <message>
        <source>Nobody is signed in.</source>
        <translation>Niemand ist angemeldet.</translation>
    </message>
    <message>
        <source>The figures are for supervisors and managers.</source>
        <translation>Die Kennzahlen sind für Aufsicht und Leitung.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>Nicht angemeldet</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>Der Server wird gefragt…</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>Search: {words}</source>
        <translation>Suche: {words}</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>This computer does not know the number; the server is being asked…</source>
        <translation>Dieser Rechner kennt die Nummer nicht; der Server wird gefragt…</translation>
    </message>
    <message>
        <source>Belongs to {department}</source>
        <translation>Gehört zu {department}</translation>
    </message>
    <message>
        <source>{number}  {company}</source>
        <translation>{number}  {company}</translation>
    </message>
    <message>
        <source>{company} has no open ticket in your departments.</source>
        <translation>{company} hat in Ihren Abteilungen kein offenes Ticket.</translation>
    </message>
    <message>
        <source>Open tickets of {company}</source>
        <translation>Offene Tickets von {company}</translation>
    </message>
    <message>
        <source>waits for the customer</source>
        <translation>wartet auf den Kunden</translation>
    </message>
    <message>
        <source>resolved</source>
        <translation>gelöst</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Kunde</translation>
    </message>
    <message>
        <source>Nothing was found; every word that you type must begin a word of the ticket or the customer.</source>
        <translation>Nichts gefunden; jedes Wort, das Sie tippen, muss am Anfang eines Wortes des Tickets oder des Kunden stehen.</translation>
    </message>
    <message numerus="yes">
        <source>The first %n; type more to find less. Down and Enter open</source>
        <translation>
            <numerusform>Der erste; tippen Sie mehr, um weniger zu finden. Pfeil ab und Eingabe öffnen</numerusform>
            <numerusform>Die ersten %n; tippen Sie mehr, um weniger zu finden. Pfeil ab und Eingabe öffnen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n found; Down and Enter open</source>
        <translation>
            <numerusform>%n gefunden; Pfeil ab und Eingabe öffnen</numerusform>
            <numerusform>%n gefunden; Pfeil ab und Eingabe öffnen</numerusform>
        </translation>
    </message>
    <message>
        <source>The program could not do this because of a fault of its own. What you typed is still here; try again.</source>
        <translation>Das Programm konnte dies wegen eines eigenen Fehlers nicht tun. Was Sie getippt haben, ist noch da; versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>Short fades</source>
        <translation>Kurzes Überblenden</translation>
    </message>
    <message>
        <source>None at all</source>
        <translation>Gar keine</translation>
    </message>
    <message>
        <source>Command that dials</source>
        <translation>Befehl zum Wählen</translation>
    </message>
    <message>
        <source>A program and what it needs; {number} stands for the number. It is started without a shell.</source>
        <translation>Ein Programm und was es braucht; {number} steht für die Nummer. Es wird ohne Shell gestartet.</translation>
    </message>
    <message>
        <source>These settings are kept on this computer and apply at once.</source>
        <translation>Diese Einstellungen bleiben auf diesem Rechner und gelten sofort.</translation>
    </message>
    <message>
        <source>Opening your files…</source>
        <translation>Ihre Dateien werden geöffnet…</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Anmeldung läuft…</translation>
    </message>
    <message>
        <source>Type the address of your server, as in https://desk.example.org.</source>
        <translation>Geben Sie die Adresse Ihres Servers ein, etwa https://desk.example.org.</translation>
    </message>
    <message>
        <source>Type your user name.</source>
        <translation>Geben Sie Ihren Benutzernamen ein.</translation>
    </message>
    <message>
        <source>Type your password.</source>
        <translation>Geben Sie Ihr Kennwort ein.</translation>
    </message>
    <message>
        <source>Type the passphrase.</source>
        <translation>Geben Sie die Passphrase ein.</translation>
    </message>
    <message>
        <source>Choose a passphrase of at least {count} characters.</source>
        <translation>Wählen Sie eine Passphrase mit mindestens {count} Zeichen.</translation>
    </message>
    <message>
        <source>The two passphrases differ; type the same one twice.</source>
        <translation>Die beiden Passphrasen unterscheiden sich; geben Sie zweimal dieselbe ein.</translation>
    </message>
    <message numerus="yes">
        <source>%n unsent items stay sealed on this computer</source>
        <translation>
            <numerusform>%n ungesendeter Eintrag bleibt versiegelt auf diesem Rechner</numerusform>
            <numerusform>%n ungesendete Einträge bleiben versiegelt auf diesem Rechner</numerusform>
        </translation>
    </message>
    <message>
        <source>You are signed out. {kept} until you sign in here again.</source>
        <translation>Sie sind abgemeldet. {kept}, bis Sie sich hier wieder anmelden.</translation>
    </message>
    <message>
        <source>You are signed out. Nothing of your work was left unsent.</source>
        <translation>Sie sind abgemeldet. Von Ihrer Arbeit blieb nichts ungesendet.</translation>
    </message>
    <message>
        <source>The server cannot be reached: check the address and the network, then sign in again.</source>
        <translation>Der Server ist nicht erreichbar: Prüfen Sie Adresse und Netz, dann melden Sie sich noch einmal an.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>https://desk.example.org</source>
        <translation>https://desk.example.org</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Kennwort</translation>
    </message>
    <message>
        <source>Passphrase of this computer&apos;s files</source>
        <translation>Passphrase der Dateien dieses Rechners</translation>
    </message>
    <message>
        <source>The same passphrase again</source>
        <translation>Dieselbe Passphrase noch einmal</translation>
    </message>
    <message>
        <source>With the name and the password that your administrator gave you.</source>
        <translation>Mit dem Namen und dem Kennwort, die Sie aus der Administration bekommen haben.</translation>
    </message>
    <message>
        <source>Open the files of {user}</source>
        <translation>Dateien von {user} öffnen</translation>
    </message>
    <message>
        <source>Open your files</source>
        <translation>Ihre Dateien öffnen</translation>
    </message>
    <message>
        <source>This computer has no usable keyring, so the passphrase is asked for at each start.</source>
        <translation>Dieser Rechner hat keinen nutzbaren Schlüsselbund; deshalb wird bei jedem Start nach der Passphrase gefragt.</translation>
    </message>
    <message>
        <source>Choose a passphrase for this computer&apos;s files</source>
        <translation>Wählen Sie eine Passphrase für die Dateien dieses Rechners</translation>
    </message>
    <message>
        <source>{time} {place}</source>
        <translation>{time} {place}</translation>
    </message>
    <message>
        <source>{name} · {role}</source>
        <translation>{name} · {role}</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Noch einmal senden</translation>
    </message>
    <message>
        <source>Edit and send again</source>
        <translation>Bearbeiten und noch einmal senden</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Discard it for good</source>
        <translation>Endgültig verwerfen</translation>
    </message>
    <message>
        <source>given {time}</source>
        <translation>gegeben {time}</translation>
    </message>
    <message>
        <source>The server says: {sentence}</source>
        <translation>Der Server sagt: {sentence}</translation>
    </message>
    <message>
        <source>Given again; it is sent with the next sync.</source>
        <translation>Noch einmal gegeben; es wird mit dem nächsten Abgleich gesendet.</translation>
    </message>
    <message>
        <source>There is nothing to edit in this; send it again or discard it.</source>
        <translation>Daran gibt es nichts zu bearbeiten; senden Sie es noch einmal oder verwerfen Sie es.</translation>
    </message>
    <message>
        <source>“{what}” would never be sent; it stays in this computer&apos;s journal only.</source>
        <translation>„{what}“ würde nie gesendet; es bleibt nur im Journal dieses Rechners.</translation>
    </message>
    <message>
        <source>Discarded.</source>
        <translation>Verworfen.</translation>
    </message>
    <message numerus="yes">
        <source>The server refused %n items; they need you.</source>
        <translation>
            <numerusform>Der Server hat %n Eintrag abgewiesen; er braucht Sie.</numerusform>
            <numerusform>Der Server hat %n Einträge abgewiesen; sie brauchen Sie.</numerusform>
        </translation>
    </message>
    <message>
        <source>{saved}; it is sent by itself when the server can be reached.</source>
        <translation>{saved}; es wird von selbst gesendet, sobald der Server erreichbar ist.</translation>
    </message>
    <message>
        <source>Everything is sent.</source>
        <translation>Alles ist gesendet.</translation>
    </message>
    <message>
        <source>Text blocks</source>
        <translation>Textbausteine</translation>
    </message>
    <message>
        <source>Prefix</source>
        <translation>Kürzel</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>In a reply type {sign} and the prefix, then Tab. {names} and the like are filled in from the ticket; what stays in braces has to be filled in by hand before the reply is sent.</source>
        <translation>Tippen Sie in einer Antwort {sign} und das Kürzel, dann Tab. {names} und Ähnliches wird aus dem Ticket ausgefüllt; was in Klammern stehen bleibt, ist von Hand auszufüllen, bevor die Antwort gesendet wird.</translation>
    </message>
    <message>
        <source>Save the text block</source>
        <translation>Textbaustein speichern</translation>
    </message>
    <message>
        <source>New text block</source>
        <translation>Neuer Textbaustein</translation>
    </message>
    <message>
        <source>Delete the text block</source>
        <translation>Textbaustein löschen</translation>
    </message>
    <message>
        <source>Put it back</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>{title} (your own)</source>
        <translation>{title} (Ihr eigener)</translation>
    </message>
    <message>
        <source>It comes with the program. Save one of your own with this prefix, and it takes its place.</source>
        <translation>Er kommt mit dem Programm. Speichern Sie einen eigenen mit diesem Kürzel, dann tritt er an seine Stelle.</translation>
    </message>
    <message>
        <source>Nothing is selected.</source>
        <translation>Nichts ist ausgewählt.</translation>
    </message>
    <message>
        <source>“{prefix}” is kept.</source>
        <translation>„{prefix}“ ist gespeichert.</translation>
    </message>
    <message>
        <source>“{prefix}” is deleted.</source>
        <translation>„{prefix}“ ist gelöscht.</translation>
    </message>
    <message>
        <source>{field}, as given here: {text}</source>
        <translation>{field}, wie hier angegeben: {text}</translation>
    </message>
    <message>
        <source>{field}, as it stands there: {text}</source>
        <translation>{field}, wie es dort steht: {text}</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Solution</source>
        <translation>Lösung</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Bemerkung</translation>
    </message>
    <message>
        <source>Why there is no serial number</source>
        <translation>Warum es keine Seriennummer gibt</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message numerus="yes">
        <source>%n items need your attention (F7)</source>
        <translation>
            <numerusform>%n Eintrag braucht Ihre Aufmerksamkeit (F7)</numerusform>
            <numerusform>%n Einträge brauchen Ihre Aufmerksamkeit (F7)</numerusform>
        </translation>
    </message>
    <message>
        <source>{attention} — {rest}</source>
        <translation>{attention} — {rest}</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Offline since {time}</source>
        <translation>Offline seit {time}</translation>
    </message>
    <message>
        <source>{offline} — {saved}, sent when the network is back</source>
        <translation>{offline} — {saved}, gesendet wird, sobald das Netz wieder da ist</translation>
    </message>
    <message>
        <source>Fetching the desk&apos;s data: {percent} %</source>
        <translation>Die Daten des Desks werden geholt: {percent} %</translation>
    </message>
    <message>
        <source>Connecting — {saved}</source>
        <translation>Verbindung wird aufgebaut — {saved}</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindung wird aufgebaut…</translation>
    </message>
    <message>
        <source>Online — {saved}, being sent</source>
        <translation>Online — {saved}, wird gesendet</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>Online</translation>
    </message>
    <message>
        <source>Online · everything is sent · last news {time}</source>
        <translation>Online · alles ist gesendet · letzter Stand {time}</translation>
    </message>
    <message numerus="yes">
        <source>%n calls saved here</source>
        <translation>
            <numerusform>%n Anruf hier gespeichert</numerusform>
            <numerusform>%n Anrufe hier gespeichert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes saved here</source>
        <translation>
            <numerusform>%n Änderung hier gespeichert</numerusform>
            <numerusform>%n Änderungen hier gespeichert</numerusform>
        </translation>
    </message>
    <message>
        <source>It stays on this computer and is sent the next time the program runs and the server can be reached.</source>
        <translation>Es bleibt auf diesem Rechner und wird gesendet, wenn das Programm das nächste Mal läuft und der Server erreichbar ist.</translation>
    </message>
    <message>
        <source>If you sign out, the desk&apos;s data is removed from this computer; signing in fetches it again.</source>
        <translation>Wenn Sie sich abmelden, werden die Daten des Desks von diesem Rechner entfernt; beim Anmelden werden sie wieder geholt.</translation>
    </message>
    <message>
        <source>Everything of yours is sent.</source>
        <translation>Alles von Ihnen ist gesendet.</translation>
    </message>
    <message>
        <source>If you sign out, it stays sealed on this computer and is sent when you sign in here again.</source>
        <translation>Wenn Sie sich abmelden, bleibt es versiegelt auf diesem Rechner und wird gesendet, sobald Sie sich hier wieder anmelden.</translation>
    </message>
    <message>
        <source>{sealed} Nobody else can read it.</source>
        <translation>{sealed} Niemand sonst kann es lesen.</translation>
    </message>
    <message>
        <source>{saved} and not sent yet.</source>
        <translation>{saved} und noch nicht gesendet.</translation>
    </message>
    <message>
        <source>The clock of this computer is {minutes} min ahead. The times shown are corrected.</source>
        <translation>Die Uhr dieses Rechners geht {minutes} min vor. Die gezeigten Zeiten sind berichtigt.</translation>
    </message>
    <message>
        <source>The clock of this computer is {minutes} min behind. The times shown are corrected.</source>
        <translation>Die Uhr dieses Rechners geht {minutes} min nach. Die gezeigten Zeiten sind berichtigt.</translation>
    </message>
    <message>
        <source>Dial</source>
        <translation>Wählen</translation>
    </message>
    <message>
        <source>A link asks you to call {number}.</source>
        <translation>Ein Link bittet Sie, {number} anzurufen.</translation>
    </message>
    <message>
        <source>There is no number here; open a ticket, a call, or the list of call backs.</source>
        <translation>Hier ist keine Nummer; öffnen Sie ein Ticket, einen Anruf oder die Liste der Rückrufe.</translation>
    </message>
    <message>
        <source>Say in the settings which command dials.</source>
        <translation>Geben Sie in den Einstellungen an, welcher Befehl wählt.</translation>
    </message>
    <message>
        <source>Dialling {number}…</source>
        <translation>{number} wird gewählt…</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Ask for details</source>
        <translation>Angaben erfragen</translation>
    </message>
    <message>
        <source>Ask the customer for more</source>
        <translation>Den Kunden nach mehr fragen</translation>
    </message>
    <message>
        <source>What is missing, and why</source>
        <translation>Was fehlt, und warum</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>The question is noted; no promise is put off by it.</source>
        <translation>Die Frage wird vermerkt; keine Zusage wird dadurch aufgeschoben.</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>Warten</translation>
    </message>
    <message>
        <source>Wait for the customer</source>
        <translation>Auf den Kunden warten</translation>
    </message>
    <message>
        <source>What is awaited</source>
        <translation>Worauf gewartet wird</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Beantwortet</translation>
    </message>
    <message>
        <source>What they said</source>
        <translation>Was gesagt wurde</translation>
    </message>
    <message>
        <source>Go on with it</source>
        <translation>Damit weitermachen</translation>
    </message>
    <message>
        <source>Note for colleagues</source>
        <translation>Notiz für das Team</translation>
    </message>
    <message>
        <source>Save the note</source>
        <translation>Notiz speichern</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Solve</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>What solved it</source>
        <translation>Was es gelöst hat</translation>
    </message>
    <message>
        <source>Mark as solved</source>
        <translation>Als gelöst markieren</translation>
    </message>
    <message>
        <source>Close the ticket</source>
        <translation>Ticket schließen</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>Wieder öffnen</translation>
    </message>
    <message>
        <source>Reopen the ticket</source>
        <translation>Ticket wieder öffnen</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Hand over to a colleague</source>
        <translation>An jemanden im Team übergeben</translation>
    </message>
    <message>
        <source>Colleague</source>
        <translation>Kollegin oder Kollege</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Übergeben</translation>
    </message>
    <message>
        <source>What they should know</source>
        <translation>Was man dort wissen sollte</translation>
    </message>
    <message>
        <source>Type the name of a colleague.</source>
        <translation>Geben Sie den Namen einer Kollegin oder eines Kollegen ein.</translation>
    </message>
    <message>
        <source>Type the name of a department.</source>
        <translation>Geben Sie den Namen einer Abteilung ein.</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>Weitergeben</translation>
    </message>
    <message>
        <source>Transfer to another department</source>
        <translation>An eine andere Abteilung weitergeben</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>Abteilung</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>Zurückgeben</translation>
    </message>
    <message>
        <source>Give back to the queue</source>
        <translation>In die Warteschlange zurückgeben</translation>
    </message>
    <message>
        <source>What it is about (need not be said)</source>
        <translation>Worum es geht (muss nicht gesagt werden)</translation>
    </message>
    <message>
        <source>Tell the {role}</source>
        <translation>{role} benachrichtigen</translation>
    </message>
    <message>
        <source>kept on this computer {time}</source>
        <translation>auf diesem Rechner aufgehoben {time}</translation>
    </message>
    <message>
        <source>Time spent</source>
        <translation>Aufgewendete Zeit</translation>
    </message>
    <message>
        <source>Save the time</source>
        <translation>Zeit speichern</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>On what</source>
        <translation>Wofür</translation>
    </message>
    <message>
        <source>Call back {name}</source>
        <translation>{name} zurückrufen</translation>
    </message>
    <message>
        <source>Nobody answering counts as a call back too; it is noted apart.</source>
        <translation>Auch wenn niemand abnimmt, zählt es als Rückruf; es wird eigens vermerkt.</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>Weniger</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Warum?</translation>
    </message>
    <message>
        <source>Ticket {number}: {title}</source>
        <translation>Ticket {number}: {title}</translation>
    </message>
    <message>
        <source>Other open tickets of this customer</source>
        <translation>Andere offene Tickets dieses Kunden</translation>
    </message>
    <message>
        <source>Received {when}, {place} time, {channel}</source>
        <translation>Eingegangen {when}, Zeit in {place}, {channel}</translation>
    </message>
    <message>
        <source>{minutes} min spent</source>
        <translation>{minutes} min aufgewendet</translation>
    </message>
    <message>
        <source>also known as {number}</source>
        <translation>auch bekannt als {number}</translation>
    </message>
    <message>
        <source>Received {when}</source>
        <translation>Eingegangen {when}</translation>
    </message>
    <message>
        <source>saved here, not sent yet</source>
        <translation>hier gespeichert, noch nicht gesendet</translation>
    </message>
    <message>
        <source>imported from {source}</source>
        <translation>übernommen aus {source}</translation>
    </message>
    <message>
        <source>was yours until {when}, offline</source>
        <translation>war Ihres bis {when}, offline</translation>
    </message>
    <message>
        <source>yours until {when}, offline</source>
        <translation>Ihres bis {when}, offline</translation>
    </message>
    <message>
        <source>{action} (begun)</source>
        <translation>{action} (begonnen)</translation>
    </message>
    <message>
        <source>Saved here; the server decides as soon as it can be reached.</source>
        <translation>Hier gespeichert; der Server entscheidet, sobald er erreichbar ist.</translation>
    </message>
    <message>
        <source>Saved. {hints}</source>
        <translation>Gespeichert. {hints}</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert…</translation>
    </message>
    <message>
        <source>Send {department} a note</source>
        <translation>Notiz an {department}</translation>
    </message>
    <message>
        <source>Send the note</source>
        <translation>Notiz senden</translation>
    </message>
    <message>
        <source>Say who called and what it is about; they see it in the history of the ticket.</source>
        <translation>Sagen Sie, wer angerufen hat und worum es geht; man sieht es dort im Verlauf des Tickets.</translation>
    </message>
    <message>
        <source>Ticket of another department</source>
        <translation>Ticket einer anderen Abteilung</translation>
    </message>
    <message>
        <source>It belongs to {department}</source>
        <translation>Es gehört zu {department}</translation>
    </message>
    <message>
        <source>What it is about can be read there only; you can send them a note.</source>
        <translation>Worum es geht, kann nur dort gelesen werden; Sie können eine Notiz senden.</translation>
    </message>
    <message>
        <source>Nobody holds it at the moment.</source>
        <translation>Im Augenblick bearbeitet es niemand.</translation>
    </message>
    <message>
        <source>Held by a colleague in {department}.</source>
        <translation>Jemand in {department} bearbeitet es.</translation>
    </message>
    <message>
        <source>The note is saved here; {department} gets it as soon as the server has it.</source>
        <translation>Die Notiz ist hier gespeichert; {department} bekommt sie, sobald der Server sie hat.</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Show earlier steps</source>
        <translation>Frühere Schritte zeigen</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter…</translation>
    </message>
    <message>
        <source>Save {name} as…</source>
        <translation>{name} speichern unter…</translation>
    </message>
    <message>
        <source>{place} time ({zone}), {calendar}</source>
        <translation>Zeit in {place} ({zone}), {calendar}</translation>
    </message>
    <message>
        <source>Why this deadline?</source>
        <translation>Warum diese Frist?</translation>
    </message>
    <message>
        <source>Put this message away</source>
        <translation>Diese Meldung wegräumen</translation>
    </message>
    <message>
        <source>Not possible now: {reason}</source>
        <translation>Jetzt nicht möglich: {reason}</translation>
    </message>
    <message numerus="yes">
        <source>%n choices, press Down</source>
        <translation>
            <numerusform>%n Vorschlag, Pfeil ab drücken</numerusform>
            <numerusform>%n Vorschläge, Pfeil ab drücken</numerusform>
        </translation>
    </message>
    <message>
        <source>Needed</source>
        <translation>Nötig</translation>
    </message>
    <message>
        <source>Optional</source>
        <translation>Freiwillig</translation>
    </message>
    <message>
        <source>{field} (optional)</source>
        <translation>{field} (freiwillig)</translation>
    </message>
    <message>
        <source>This text is too long for a field: at most {most} characters fit. Paste a part of it.</source>
        <translation>Dieser Text ist zu lang für ein Feld: Höchstens {most} Zeichen passen hinein. Fügen Sie einen Teil ein.</translation>
    </message>
    <message>
        <source>With its hidden characters: {text}</source>
        <translation>Mit den verborgenen Zeichen: {text}</translation>
    </message>
    <message>
        <source>Desk Client</source>
        <translation>Desk Client</translation>
    </message>
    <message>
        <source>zero</source>
        <translation>null</translation>
    </message>
    <message>
        <source>one</source>
        <translation>eins</translation>
    </message>
    <message>
        <source>two</source>
        <translation>zwei</translation>
    </message>
    <message>
        <source>three</source>
        <translation>drei</translation>
    </message>
    <message>
        <source>four</source>
        <translation>vier</translation>
    </message>
    <message>
        <source>five</source>
        <translation>fünf</translation>
    </message>
    <message>
        <source>six</source>
        <translation>sechs</translation>
    </message>
    <message>
        <source>seven</source>
        <translation>sieben</translation>
    </message>
    <message>
        <source>eight</source>
        <translation>acht</translation>
    </message>
    <message>
        <source>nine</source>
        <translation>neun</translation>
    </message>
    <message>
        <source>{digits} — {advice}</source>
        <translation>{digits} — {advice}</translation>
    </message>
    <message>
        <source>{group}: {choice}, chosen</source>
        <translation>{group}: {choice}, gewählt</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>In lists and texts</source>
        <translation>In Listen und Texten</translation>
    </message>
    <message>
        <source>All actions are also found by name: Ctrl Shift P</source>
        <translation>Alle Aktionen findet man auch über ihren Namen: Strg Umschalt P</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>Open the selected line</source>
        <translation>Gewählte Zeile öffnen</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Find a line by its first letters</source>
        <translation>Zeile über die ersten Buchstaben finden</translation>
    </message>
    <message>
        <source>type them</source>
        <translation>tippen</translation>
    </message>
    <message>
        <source>Copy the line</source>
        <translation>Zeile kopieren</translation>
    </message>
    <message>
        <source>Go into what is offered below a field</source>
        <translation>In die Vorschläge unter einem Feld gehen</translation>
    </message>
    <message>
        <source>Down, then Enter</source>
        <translation>Pfeil ab, dann Eingabe</translation>
    </message>
    <message>
        <source>Close the topmost layer, keep what is typed</source>
        <translation>Oberste Schicht schließen, Getipptes behalten</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Next field, field before</source>
        <translation>Nächstes Feld, Feld davor</translation>
    </message>
    <message>
        <source>Tab, Shift Tab</source>
        <translation>Tab, Umschalt Tab</translation>
    </message>
    <message>
        <source>Why this order?</source>
        <translation>Warum diese Reihenfolge?</translation>
    </message>
    <message>
        <source>Go to the queue</source>
        <translation>Zur Warteschlange</translation>
    </message>
    <message>
        <source>Next ticket</source>
        <translation>Nächstes Ticket</translation>
    </message>
    <message>
        <source>Previous ticket</source>
        <translation>Voriges Ticket</translation>
    </message>
    <message>
        <source>Customer and promise</source>
        <translation>Kunde und Zusage</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>Jetzt abgleichen</translation>
    </message>
    <message>
        <source>All actions</source>
        <translation>Alle Aktionen</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>What is open now</source>
        <translation>Was gerade offen ist</translation>
    </message>
    <message>
        <source>{when} {year}, {place} time ({utc} UTC)</source>
        <translation>{when} {year}, Zeit in {place} ({utc} UTC)</translation>
    </message>
    <message>
        <source>Your call is noted, but the promise runs on: only a call by a {role} keeps it ({rules}).</source>
        <translation>Ihr Anruf wird vermerkt, aber die Zusage läuft weiter: Nur ein Anruf von „{role}“ hält sie ({rules}).</translation>
    </message>
    <message>
        <source>agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>supervisor</source>
        <translation>Aufsicht</translation>
    </message>
    <message>
        <source>manager</source>
        <translation>Leitung</translation>
    </message>
    <message>
        <source>administrator</source>
        <translation>Administration</translation>
    </message>
    <message>
        <source>Nothing is open</source>
        <translation>Nichts ist offen</translation>
    </message>
    <message>
        <source>Take the next ticket, or answer the phone.</source>
        <translation>Nehmen Sie das nächste Ticket, oder nehmen Sie das Telefon ab.</translation>
    </message>
    <message>
        <source>1 calendar day to {day}</source>
        <translation>1 Kalendertag bis {day}</translation>
    </message>
    <message>
        <source>A call rings, is answered or is ended.</source>
        <translation>Ein Anruf klingelt, ist angenommen oder beendet.</translation>
    </message>
    <message>
        <source>A complaint by {channel} is offered the form; a supervisor may accept it as it is.</source>
        <translation>Bei einer Beschwerde {channel} wird das Formular angeboten; die Aufsicht kann sie annehmen, wie sie ist.</translation>
    </message>
    <message>
        <source>A customer need not know these words; say it plainly: {words} (K-08).</source>
        <translation>Ein Kunde muss diese Wörter nicht kennen; sagen Sie es einfach: {words} (K-08).</translation>
    </message>
    <message>
        <source>A deskclient: link says ringing, answered, ended or call-start.</source>
        <translation>Ein deskclient:-Link sagt ringing, answered, ended oder call-start.</translation>
    </message>
    <message>
        <source>A guide that goes with it is out of date; look whether it still holds (A-20).</source>
        <translation>Eine Anleitung dazu ist veraltet; sehen Sie nach, ob sie noch stimmt (A-20).</translation>
    </message>
    <message>
        <source>A local file is damaged; start the program again, so that it can mend it.</source>
        <translation>Eine lokale Datei ist beschädigt; starten Sie das Programm neu, damit es sie heilen kann.</translation>
    </message>
    <message>
        <source>A member needs a {field}; the text is empty.</source>
        <translation>Ein Mitglied braucht {field}; der Text ist leer.</translation>
    </message>
    <message>
        <source>A page of the file does not carry its seal.</source>
        <translation>Eine Seite der Datei trägt ihr Siegel nicht.</translation>
    </message>
    <message>
        <source>A party has probably not understood the scope: a supervisor must decide first (E-27).</source>
        <translation>Eine Seite hat den Umfang wohl nicht verstanden: Zuerst muss die Aufsicht entscheiden (E-27).</translation>
    </message>
    <message>
        <source>A prefix is one word of letters and digits, without the semicolon.</source>
        <translation>Ein Kürzel ist ein Wort aus Buchstaben und Ziffern, ohne das Semikolon.</translation>
    </message>
    <message>
        <source>A quotation mark is missing in the dial command of the settings.</source>
        <translation>Im Befehl zum Wählen in den Einstellungen fehlt ein Anführungszeichen.</translation>
    </message>
    <message>
        <source>A sentence has more than {limit} words; shorter ones are easier to read (A-29).</source>
        <translation>Ein Satz hat mehr als {limit} Wörter; kürzere lesen sich leichter (A-29).</translation>
    </message>
    <message>
        <source>Agree with the customer until when it is done (A-24).</source>
        <translation>Vereinbaren Sie mit dem Kunden, bis wann es erledigt ist (A-24).</translation>
    </message>
    <message>
        <source>An absence ends after it begins.</source>
        <translation>Eine Abwesenheit endet, nachdem sie begonnen hat.</translation>
    </message>
    <message>
        <source>An action plan must be agreed by {role} first (A-45).</source>
        <translation>Zuerst muss {role} einem Maßnahmenplan zustimmen (A-45).</translation>
    </message>
    <message>
        <source>An earlier issue of the same customer comes first: {reference}.</source>
        <translation>Ein früheres Anliegen desselben Kunden geht vor: {reference}.</translation>
    </message>
    <message>
        <source>Another program keeps the file locked, so this was not saved; save again in a moment.</source>
        <translation>Ein anderes Programm hält die Datei gesperrt, deshalb wurde dies nicht gespeichert; speichern Sie gleich noch einmal.</translation>
    </message>
    <message>
        <source>Answer the customer in writing before this.</source>
        <translation>Antworten Sie dem Kunden vorher schriftlich.</translation>
    </message>
    <message>
        <source>Apr</source>
        <translation>Apr.</translation>
    </message>
    <message>
        <source>Ask for a number that can be called back; “{value}” is none (H-18).</source>
        <translation>Fragen Sie nach einer Nummer, die zurückgerufen werden kann; „{value}“ ist keine (H-18).</translation>
    </message>
    <message>
        <source>Ask for the caller&apos;s name; a fault cannot be saved without it (H-16).</source>
        <translation>Fragen Sie nach dem Namen des Anrufers; ohne ihn kann keine Störung gespeichert werden (H-16).</translation>
    </message>
    <message>
        <source>Ask for the company; a fault cannot be saved without it (H-17).</source>
        <translation>Fragen Sie nach der Firma; ohne sie kann keine Störung gespeichert werden (H-17).</translation>
    </message>
    <message>
        <source>Ask for the customer&apos;s e-mail address, or say why there is none (A-53).</source>
        <translation>Fragen Sie nach der E-Mail-Adresse des Kunden, oder sagen Sie, warum es keine gibt (A-53).</translation>
    </message>
    <message>
        <source>Ask for the phone number; a fault cannot be saved without it (H-18).</source>
        <translation>Fragen Sie nach der Telefonnummer; ohne sie kann keine Störung gespeichert werden (H-18).</translation>
    </message>
    <message>
        <source>Ask for the product; a fault cannot be saved without it (H-19).</source>
        <translation>Fragen Sie nach dem Produkt; ohne es kann keine Störung gespeichert werden (H-19).</translation>
    </message>
    <message>
        <source>Ask for the serial number; a fault cannot be saved without it (H-20).</source>
        <translation>Fragen Sie nach der Seriennummer; ohne sie kann keine Störung gespeichert werden (H-20).</translation>
    </message>
    <message>
        <source>Asked for and not there: {title}.</source>
        <translation>Gefragt und nicht da: {title}.</translation>
    </message>
    <message>
        <source>Aug</source>
        <translation>Aug.</translation>
    </message>
    <message>
        <source>Choose a class or type one; it is owed before the call is put through, called back or ended (H-10).</source>
        <translation>Wählen Sie eine Klasse oder tippen Sie eine; sie ist nötig, bevor der Anruf durchgestellt, zurückgerufen oder beendet wird (H-10).</translation>
    </message>
    <message>
        <source>Choose how it goes on: put the caller through to a specialist, or promise a call back (H-13).</source>
        <translation>Wählen Sie, wie es weitergeht: den Anrufer zu einem Spezialisten durchstellen oder einen Rückruf zusagen (H-13).</translation>
    </message>
    <message>
        <source>Choose the address under which this complaint is kept: {choices} (E-40).</source>
        <translation>Wählen Sie die Adresse, unter der diese Beschwerde abgelegt wird: {choices} (E-40).</translation>
    </message>
    <message>
        <source>Connect to the network and give desk-client sync.</source>
        <translation>Verbinden Sie sich mit dem Netz und geben Sie desk-client sync ein.</translation>
    </message>
    <message>
        <source>Dec</source>
        <translation>Dez.</translation>
    </message>
    <message>
        <source>Feb</source>
        <translation>Feb.</translation>
    </message>
    <message>
        <source>Fill in or delete {words} first.</source>
        <translation>Füllen Sie zuerst {words} aus, oder löschen Sie es.</translation>
    </message>
    <message>
        <source>Fill in the form of the complaint: it has no summary yet (K-15).</source>
        <translation>Füllen Sie das Formular der Beschwerde aus: Es hat noch keine Zusammenfassung (K-15).</translation>
    </message>
    <message>
        <source>Fill in “{title}” first{rules}.</source>
        <translation>Füllen Sie zuerst „{title}“ aus{rules}.</translation>
    </message>
    <message>
        <source>Free some space: without any nothing can be saved.</source>
        <translation>Schaffen Sie etwas Platz: Ohne ihn kann nichts gespeichert werden.</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>Fr</translation>
    </message>
    <message>
        <source>Give a reason in a few words.</source>
        <translation>Geben Sie in wenigen Worten einen Grund an.</translation>
    </message>
    <message>
        <source>Install the newest program; until then they are not sent.</source>
        <translation>Installieren Sie das neueste Programm; bis dahin werden sie nicht gesendet.</translation>
    </message>
    <message>
        <source>It is on its way already; what it did has to be undone by another step.</source>
        <translation>Es ist schon unterwegs; was es bewirkt hat, muss mit einem weiteren Schritt rückgängig gemacht werden.</translation>
    </message>
    <message>
        <source>It reads like shouting; write it in lower case and without rows of exclamation marks (V-31).</source>
        <translation>Es liest sich wie Schreien; schreiben Sie klein und ohne Reihen von Ausrufezeichen (V-31).</translation>
    </message>
    <message>
        <source>It was triaged already; a supervisor can transfer it.</source>
        <translation>Es wurde schon eingeordnet; die Aufsicht kann es weitergeben.</translation>
    </message>
    <message>
        <source>Jan</source>
        <translation>Jan.</translation>
    </message>
    <message>
        <source>Jul</source>
        <translation>Juli</translation>
    </message>
    <message>
        <source>Jun</source>
        <translation>Juni</translation>
    </message>
    <message>
        <source>Log the time that was spent before this.</source>
        <translation>Erfassen Sie vorher die aufgewendete Zeit.</translation>
    </message>
    <message>
        <source>Mar</source>
        <translation>März</translation>
    </message>
    <message>
        <source>May</source>
        <translation>Mai</translation>
    </message>
    <message>
        <source>Minutes must be a whole number from 1 to 1440.</source>
        <translation>Minuten sind eine ganze Zahl von 1 bis 1440.</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>Mo</translation>
    </message>
    <message>
        <source>Name the contract that rules instead (A-03).</source>
        <translation>Nennen Sie den Vertrag, der stattdessen gilt (A-03).</translation>
    </message>
    <message>
        <source>No action plan is owed on this ticket.</source>
        <translation>Für dieses Ticket steht kein Maßnahmenplan aus.</translation>
    </message>
    <message>
        <source>No call back is owed on this ticket.</source>
        <translation>Für dieses Ticket steht kein Rückruf aus.</translation>
    </message>
    <message>
        <source>No call with this number is open.</source>
        <translation>Kein Anruf mit dieser Nummer ist offen.</translation>
    </message>
    <message>
        <source>No time is logged on it; log what was spent (A-51).</source>
        <translation>Darauf ist keine Zeit erfasst; erfassen Sie, was aufgewendet wurde (A-51).</translation>
    </message>
    <message>
        <source>Nobody holds the role {role}; give it to somebody.</source>
        <translation>Niemand hat die Rolle {role}; geben Sie sie jemandem.</translation>
    </message>
    <message>
        <source>Nobody holds the role “{title}”, which must deal with this; tell a supervisor to give it to somebody (E-42).</source>
        <translation>Niemand hat die Rolle „{title}“, die sich hierum kümmern muss; sagen Sie der Aufsicht, sie jemandem zu geben (E-42).</translation>
    </message>
    <message>
        <source>Nobody is signed in here; sign in first.</source>
        <translation>Hier ist niemand angemeldet; melden Sie sich zuerst an.</translation>
    </message>
    <message>
        <source>Nobody proposed to refuse help here.</source>
        <translation>Niemand hat vorgeschlagen, hier Hilfe abzulehnen.</translation>
    </message>
    <message>
        <source>Nothing is answered by {channel} here: answer in writing{rules}.</source>
        <translation>Hier wird nichts {channel} beantwortet: Antworten Sie schriftlich{rules}.</translation>
    </message>
    <message>
        <source>Nothing may stand before “{words}” (V-27).</source>
        <translation>Vor „{words}“ darf nichts stehen (V-27).</translation>
    </message>
    <message>
        <source>Nothing waits for you.</source>
        <translation>Nichts wartet auf Sie.</translation>
    </message>
    <message>
        <source>Nov</source>
        <translation>Nov.</translation>
    </message>
    <message>
        <source>Oct</source>
        <translation>Okt.</translation>
    </message>
    <message>
        <source>On a holiday only common issues are worked on, by those on duty (V-20).</source>
        <translation>An einem Feiertag wird nur an häufigen Anliegen gearbeitet, von denen, die Dienst haben (V-20).</translation>
    </message>
    <message>
        <source>Only a supervisor can do this.</source>
        <translation>Das kann nur die Aufsicht tun.</translation>
    </message>
    <message>
        <source>Only a supervisor can save a fault without a serial number, with a reason (H-20).</source>
        <translation>Nur die Aufsicht kann eine Störung ohne Seriennummer speichern, mit einem Grund (H-20).</translation>
    </message>
    <message>
        <source>Only an administrator&apos;s program can do this.</source>
        <translation>Das kann nur ein Programm der Administration tun.</translation>
    </message>
    <message>
        <source>Only the same user can report calls.</source>
        <translation>Anrufe melden kann nur derselbe Benutzer.</translation>
    </message>
    <message>
        <source>Only {role} can do this.</source>
        <translation>Das kann nur {role} tun.</translation>
    </message>
    <message>
        <source>Repair keeps a copy of it, and goes on with everything that can still be read.</source>
        <translation>Die Reparatur hebt eine Kopie auf und macht mit allem weiter, was noch lesbar ist.</translation>
    </message>
    <message>
        <source>Repair keeps them out.</source>
        <translation>Die Reparatur lässt sie draußen.</translation>
    </message>
    <message>
        <source>Repair sets it aside; it is fetched again. Unsent work lies in another file and is safe.</source>
        <translation>Die Reparatur legt sie beiseite; sie wird neu geholt. Ungesendete Arbeit liegt in einer anderen Datei und ist sicher.</translation>
    </message>
    <message>
        <source>Report it, and keep a copy of the profile&apos;s folder.</source>
        <translation>Melden Sie es, und heben Sie eine Kopie des Profilordners auf.</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>Sa</translation>
    </message>
    <message>
        <source>Say how it was resolved; without that it cannot be closed (K-05).</source>
        <translation>Sagen Sie, wie es gelöst wurde; sonst kann es nicht geschlossen werden (K-05).</translation>
    </message>
    <message>
        <source>Say in a few words what it is about.</source>
        <translation>Sagen Sie in wenigen Worten, worum es geht.</translation>
    </message>
    <message>
        <source>Say what is wrong in a few words; a fault cannot be saved without it (H-21).</source>
        <translation>Sagen Sie in wenigen Worten, was nicht stimmt; ohne das kann keine Störung gespeichert werden (H-21).</translation>
    </message>
    <message>
        <source>Say what kind of customer it is: {choices} (E-01).</source>
        <translation>Sagen Sie, was für ein Kunde es ist: {choices} (E-01).</translation>
    </message>
    <message>
        <source>Say what the telephone does: ringing, answered or ended; or give a tel: or deskclient: link.</source>
        <translation>Sagen Sie, was das Telefon tut: ringing, answered oder ended; oder geben Sie einen tel:- oder deskclient:-Link an.</translation>
    </message>
    <message>
        <source>Say why there is no ticket: abandoned, not entitled, wrong number or no ticket needed (H-08).</source>
        <translation>Sagen Sie, warum es kein Ticket gibt: aufgelegt, kein Anspruch, falsch verbunden oder kein Ticket nötig (H-08).</translation>
    </message>
    <message>
        <source>Sep</source>
        <translation>Sep.</translation>
    </message>
    <message>
        <source>Set it; until then the server&apos;s time is used.</source>
        <translation>Stellen Sie sie; bis dahin gilt die Zeit des Servers.</translation>
    </message>
    <message>
        <source>Sign out and in again: that brings new ones.</source>
        <translation>Melden Sie sich ab und wieder an: Das bringt neue.</translation>
    </message>
    <message>
        <source>Something else answered in the server&apos;s place, perhaps this network&apos;s sign-in page; open it in a browser or check the address.</source>
        <translation>Statt des Servers hat etwas anderes geantwortet, vielleicht die Anmeldeseite dieses Netzes; öffnen Sie sie im Browser oder prüfen Sie die Adresse.</translation>
    </message>
    <message>
        <source>Something went wrong while storing what the server sent; it is tried again.</source>
        <translation>Beim Speichern dessen, was der Server sandte, ging etwas schief; es wird noch einmal versucht.</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>So</translation>
    </message>
    <message>
        <source>Take it first: work starts with Take next, in the order of the queue.</source>
        <translation>Nehmen Sie es zuerst: Die Arbeit beginnt mit „Nächstes nehmen“, in der Reihenfolge der Warteschlange.</translation>
    </message>
    <message>
        <source>The answer is on record, and nobody gets it: there is no e-mail address. Ask for one, or tell the customer by phone.</source>
        <translation>Die Antwort ist vermerkt, und niemand bekommt sie: Es gibt keine E-Mail-Adresse. Fragen Sie danach, oder sagen Sie es dem Kunden am Telefon.</translation>
    </message>
    <message>
        <source>The answer must begin with “{words}”.</source>
        <translation>Die Antwort muss mit „{words}“ beginnen.</translation>
    </message>
    <message>
        <source>The answer must end with “{words}”.</source>
        <translation>Die Antwort muss mit „{words}“ enden.</translation>
    </message>
    <message>
        <source>The cache was written by another version of this program.</source>
        <translation>Der Zwischenspeicher stammt von einer anderen Version dieses Programms.</translation>
    </message>
    <message>
        <source>The command cannot be read: {detail}</source>
        <translation>Der Auftrag kann nicht gelesen werden: {detail}</translation>
    </message>
    <message>
        <source>The complaint was not answered yet.</source>
        <translation>Die Beschwerde wurde noch nicht beantwortet.</translation>
    </message>
    <message>
        <source>The customer is awaited, but nothing is asked: ask what you need (A-35).</source>
        <translation>Auf den Kunden wird gewartet, aber nichts ist gefragt: Fragen Sie, was Sie brauchen (A-35).</translation>
    </message>
    <message>
        <source>The decision&apos;s measures must be carried out first: {measures} (K-29).</source>
        <translation>Zuerst müssen die Maßnahmen der Entscheidung ausgeführt sein: {measures} (K-29).</translation>
    </message>
    <message>
        <source>The field {field} holds a control character that cannot be stored; type it again without it.</source>
        <translation>Das Feld {field} enthält ein Steuerzeichen, das nicht gespeichert werden kann; geben Sie es ohne dieses Zeichen ein.</translation>
    </message>
    <message>
        <source>The field {field} holds half a character that cannot be stored; type it again.</source>
        <translation>Das Feld {field} enthält ein halbes Zeichen, das nicht gespeichert werden kann; geben Sie es noch einmal ein.</translation>
    </message>
    <message>
        <source>The field {field} is longer than {limit} characters; shorten it or put the rest into a note.</source>
        <translation>Das Feld {field} ist länger als {limit} Zeichen; kürzen Sie es, oder schreiben Sie den Rest in eine Notiz.</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>Die Datei kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The file with your unsent work is damaged.</source>
        <translation>Die Datei mit Ihrer ungesendeten Arbeit ist beschädigt.</translation>
    </message>
    <message>
        <source>The file with your unsent work was damaged; a copy was kept beside it, and everything that could still be read goes on from here.</source>
        <translation>Die Datei mit Ihrer ungesendeten Arbeit war beschädigt; eine Kopie liegt daneben, und alles, was noch lesbar war, geht von hier aus weiter.</translation>
    </message>
    <message>
        <source>The file&apos;s structure is broken.</source>
        <translation>Der Aufbau der Datei ist zerstört.</translation>
    </message>
    <message>
        <source>The folder of the local data cannot be used; keep it on a disk of this machine, not on a network share.</source>
        <translation>Der Ordner der lokalen Daten kann nicht benutzt werden; legen Sie ihn auf eine Platte dieses Rechners, nicht auf eine Netzfreigabe.</translation>
    </message>
    <message>
        <source>The key of the local files is in the system&apos;s keyring, which is not there now; unlock it.</source>
        <translation>Der Schlüssel der lokalen Dateien liegt im Schlüsselbund des Systems, der jetzt nicht da ist; entsperren Sie ihn.</translation>
    </message>
    <message>
        <source>The key of the local files is not in the keyring any more. The files were left as they are: restore the keyring, or sign in with another profile; work that was not sent is readable only with that key.</source>
        <translation>Der Schlüssel der lokalen Dateien ist nicht mehr im Schlüsselbund. Die Dateien blieben, wie sie waren: Stellen Sie den Schlüsselbund wieder her, oder melden Sie sich mit einem anderen Profil an; ungesendete Arbeit ist nur mit diesem Schlüssel lesbar.</translation>
    </message>
    <message>
        <source>The key on this machine does not open the local data; the files were left as they are.</source>
        <translation>Der Schlüssel auf diesem Rechner öffnet die lokalen Daten nicht; die Dateien blieben, wie sie waren.</translation>
    </message>
    <message>
        <source>The local copy of the desk&apos;s data is damaged.</source>
        <translation>Die lokale Kopie der Daten des Desks ist beschädigt.</translation>
    </message>
    <message>
        <source>The local copy of the desk&apos;s data was damaged; it was set aside and is fetched again. Your unsent work is safe.</source>
        <translation>Die lokale Kopie der Daten des Desks war beschädigt; sie wurde beiseitegelegt und wird neu geholt. Ihre ungesendete Arbeit ist sicher.</translation>
    </message>
    <message>
        <source>The local copy of the desk&apos;s data was not the same as the server&apos;s; it is fetched again. Your unsent work is safe.</source>
        <translation>Die lokale Kopie der Daten des Desks war nicht dieselbe wie auf dem Server; sie wird neu geholt. Ihre ungesendete Arbeit ist sicher.</translation>
    </message>
    <message>
        <source>The message cannot be read.</source>
        <translation>Die Nachricht kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The message is too long or not ours.</source>
        <translation>Die Nachricht ist zu lang oder nicht von uns.</translation>
    </message>
    <message>
        <source>The network must not be used now (--offline).</source>
        <translation>Das Netz darf jetzt nicht benutzt werden (--offline).</translation>
    </message>
    <message>
        <source>The newest part of the file with your unsent work was removed, perhaps by another program; what you entered last and was not sent yet must be entered again.</source>
        <translation>Der neueste Teil der Datei mit Ihrer ungesendeten Arbeit wurde entfernt, vielleicht von einem anderen Programm; was Sie zuletzt eingegeben haben und noch nicht gesendet war, muss noch einmal eingegeben werden.</translation>
    </message>
    <message>
        <source>The notice must name an e-mail address other than the absent person&apos;s own (E-37).</source>
        <translation>Der Hinweis muss eine andere E-Mail-Adresse nennen als die der abwesenden Person (E-37).</translation>
    </message>
    <message>
        <source>The numbers that this machine may give out are used up; longer ones of its own range are given out.</source>
        <translation>Die Nummern, die dieser Rechner vergeben darf, sind aufgebraucht; längere aus seinem eigenen Bereich werden vergeben.</translation>
    </message>
    <message>
        <source>The numbers that this machine may give out overlap.</source>
        <translation>Die Nummern, die dieser Rechner vergeben darf, überschneiden sich.</translation>
    </message>
    <message>
        <source>The order of the queue is mandated: take the next one, not this one.</source>
        <translation>Die Reihenfolge der Warteschlange ist vorgeschrieben: Nehmen Sie das nächste, nicht dieses.</translation>
    </message>
    <message>
        <source>The policy knows no refusal of help.</source>
        <translation>Das Regelwerk kennt keine Ablehnung der Hilfe.</translation>
    </message>
    <message>
        <source>The rows are not those that came.</source>
        <translation>Die Zeilen sind nicht die, die kamen.</translation>
    </message>
    <message>
        <source>The server cannot be reached; everything is saved here and is sent when it can be.</source>
        <translation>Der Server ist nicht erreichbar; alles ist hier gespeichert und wird gesendet, sobald er es ist.</translation>
    </message>
    <message>
        <source>The server could not carry this out because of a fault of its own; send it again, and tell an administrator.</source>
        <translation>Der Server konnte dies wegen eines eigenen Fehlers nicht ausführen; senden Sie es noch einmal, und sagen Sie es der Administration.</translation>
    </message>
    <message>
        <source>The server does not know this command; update this program.</source>
        <translation>Der Server kennt diesen Auftrag nicht; aktualisieren Sie dieses Programm.</translation>
    </message>
    <message>
        <source>The server has not answered yet; if it gives you a ticket, that shows here as soon as it does.</source>
        <translation>Der Server hat noch nicht geantwortet; gibt er Ihnen ein Ticket, so erscheint es hier sofort.</translation>
    </message>
    <message>
        <source>The server needs a newer version of this program; calls can still be logged, and are sent after the update.</source>
        <translation>Der Server braucht eine neuere Version dieses Programms; Anrufe können weiter erfasst werden und werden nach der Aktualisierung gesendet.</translation>
    </message>
    <message>
        <source>The server sent nothing of this file; try again.</source>
        <translation>Der Server hat von dieser Datei nichts gesendet; versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not trusted by this machine, so nothing was sent; ask an administrator.</source>
        <translation>Dieser Rechner traut dem Zertifikat des Servers nicht, deshalb wurde nichts gesendet; fragen Sie die Administration.</translation>
    </message>
    <message>
        <source>The state of the call (/N:) is S, C or E.</source>
        <translation>Der Zustand des Anrufs (/N:) ist S, C oder E.</translation>
    </message>
    <message>
        <source>The system&apos;s keyring does not answer; unlock it or start the session anew, then try again.</source>
        <translation>Der Schlüsselbund des Systems antwortet nicht; entsperren Sie ihn oder melden Sie sich am System neu an, dann versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The system&apos;s keyring is locked or refuses; unlock it and try again.</source>
        <translation>Der Schlüsselbund des Systems ist gesperrt oder verweigert sich; entsperren Sie ihn und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The system&apos;s keyring is not there any more; unlock it and try again.</source>
        <translation>Der Schlüsselbund des Systems ist nicht mehr da; entsperren Sie ihn und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The telephone&apos;s id of the call cannot be read.</source>
        <translation>Die Kennung des Anrufs vom Telefon kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The ticket is already in {department}.</source>
        <translation>Das Ticket ist schon in {department}.</translation>
    </message>
    <message>
        <source>The ticket is already with {office}.</source>
        <translation>Das Ticket ist schon bei {office}.</translation>
    </message>
    <message>
        <source>There is a text block of yours with the prefix “{value}” already.</source>
        <translation>Ein Textbaustein von Ihnen hat schon das Kürzel „{value}“.</translation>
    </message>
    <message>
        <source>There is a ticket with this identity already; begin a new one.</source>
        <translation>Ein Ticket mit dieser Kennung gibt es schon; beginnen Sie ein neues.</translation>
    </message>
    <message>
        <source>There is no department called “{value}”; choose one of: {choices}.</source>
        <translation>Eine Abteilung „{value}“ gibt es nicht; wählen Sie: {choices}.</translation>
    </message>
    <message>
        <source>There is no escalation called “{value}”; choose one of: {choices}.</source>
        <translation>Eine Eskalation „{value}“ gibt es nicht; wählen Sie: {choices}.</translation>
    </message>
    <message>
        <source>There is no exemption called “{value}”; choose one of: {choices}.</source>
        <translation>Eine Ausnahme „{value}“ gibt es nicht; wählen Sie: {choices}.</translation>
    </message>
    <message>
        <source>There is no kind of complaint called “{value}”; choose one of: {choices}.</source>
        <translation>Eine Beschwerdeart „{value}“ gibt es nicht; wählen Sie: {choices}.</translation>
    </message>
    <message>
        <source>There is no kind of ticket called “{value}”; choose one of: {choices}.</source>
        <translation>Eine Ticketart „{value}“ gibt es nicht; wählen Sie: {choices}.</translation>
    </message>
    <message>
        <source>There is no message called “{value}”; choose one of: {choices}.</source>
        <translation>Eine Mitteilung „{value}“ gibt es nicht; wählen Sie: {choices}.</translation>
    </message>
    <message>
        <source>There is no office called “{value}”; choose one of: {choices}.</source>
        <translation>Ein Büro „{value}“ gibt es nicht; wählen Sie: {choices}.</translation>
    </message>
    <message>
        <source>There is no register called “{value}”; choose one of: {choices}.</source>
        <translation>Ein Verzeichnis „{value}“ gibt es nicht; wählen Sie: {choices}.</translation>
    </message>
    <message>
        <source>There is no role called “{value}”; choose one of: {choices}.</source>
        <translation>Eine Rolle „{value}“ gibt es nicht; wählen Sie: {choices}.</translation>
    </message>
    <message>
        <source>There is no space left on this disk, so this was not saved; free some space and save again. Nothing that was saved before is lost.</source>
        <translation>Auf dieser Platte ist kein Platz mehr, deshalb wurde dies nicht gespeichert; schaffen Sie Platz und speichern Sie noch einmal. Nichts, was vorher gespeichert war, ist verloren.</translation>
    </message>
    <message>
        <source>There is no such call.</source>
        <translation>Diesen Anruf gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no such customer on this machine.</source>
        <translation>Diesen Kunden gibt es auf diesem Rechner nicht.</translation>
    </message>
    <message>
        <source>There is no such line in a register.</source>
        <translation>Diese Zeile gibt es in keinem Verzeichnis.</translation>
    </message>
    <message>
        <source>There is no such measure left.</source>
        <translation>Diese Maßnahme gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>There is no such promise left.</source>
        <translation>Diese Zusage gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>There is no such ticket at this desk.</source>
        <translation>Dieses Ticket gibt es an diesem Desk nicht.</translation>
    </message>
    <message>
        <source>There is no such ticket on this machine.</source>
        <translation>Dieses Ticket gibt es auf diesem Rechner nicht.</translation>
    </message>
    <message>
        <source>There is no survey called “{value}”; choose one of: {choices}.</source>
        <translation>Eine Umfrage „{value}“ gibt es nicht; wählen Sie: {choices}.</translation>
    </message>
    <message>
        <source>There is no ticket with this number at this desk.</source>
        <translation>Ein Ticket mit dieser Nummer gibt es an diesem Desk nicht.</translation>
    </message>
    <message>
        <source>There is no usable keyring on this machine: give a passphrase, which locks the local files and is asked for at each start.</source>
        <translation>Dieser Rechner hat keinen nutzbaren Schlüsselbund: Geben Sie eine Passphrase an, die die lokalen Dateien verschließt und bei jedem Start gefragt wird.</translation>
    </message>
    <message>
        <source>There is nobody called “{value}” at this desk.</source>
        <translation>Niemand an diesem Desk heißt „{value}“.</translation>
    </message>
    <message>
        <source>This account is switched off; ask an administrator.</source>
        <translation>Dieses Konto ist abgeschaltet; fragen Sie die Administration.</translation>
    </message>
    <message>
        <source>This build of SQLite cannot encrypt; install the program again.</source>
        <translation>Dieses SQLite kann nicht verschlüsseln; installieren Sie das Programm neu.</translation>
    </message>
    <message>
        <source>This call already has a ticket: {reference}.</source>
        <translation>Dieser Anruf hat schon ein Ticket: {reference}.</translation>
    </message>
    <message>
        <source>This cannot be sent again by this version of the program; update it.</source>
        <translation>Mit dieser Version des Programms kann dies nicht noch einmal gesendet werden; aktualisieren Sie es.</translation>
    </message>
    <message>
        <source>This command was given by somebody else and cannot be sent in your name.</source>
        <translation>Diesen Auftrag hat jemand anders gegeben; in Ihrem Namen kann er nicht gesendet werden.</translation>
    </message>
    <message>
        <source>This complaint concerns you; a colleague deals with it.</source>
        <translation>Diese Beschwerde betrifft Sie; jemand anders kümmert sich darum.</translation>
    </message>
    <message>
        <source>This complaint has no stage called “{value}”; choose one of: {choices}.</source>
        <translation>Diese Beschwerde hat keine Stufe „{value}“; wählen Sie: {choices}.</translation>
    </message>
    <message>
        <source>This disk could not be written to, so this was not saved; free some space or check the disk, then save again.</source>
        <translation>Auf diese Platte konnte nicht geschrieben werden, deshalb wurde dies nicht gespeichert; schaffen Sie Platz oder prüfen Sie die Platte, dann speichern Sie noch einmal.</translation>
    </message>
    <message>
        <source>This does not wait for approval.</source>
        <translation>Dies wartet nicht auf Genehmigung.</translation>
    </message>
    <message>
        <source>This is no number that can be dialled.</source>
        <translation>Das ist keine Nummer, die gewählt werden kann.</translation>
    </message>
    <message>
        <source>This is not taken by {channel}{rules}. {offer}</source>
        <translation>Das wird {channel} nicht angenommen{rules}. {offer}</translation>
    </message>
    <message>
        <source>This passphrase does not open the local files; type the one that was chosen for them.</source>
        <translation>Diese Passphrase öffnet die lokalen Dateien nicht; geben Sie die ein, die für sie gewählt wurde.</translation>
    </message>
    <message>
        <source>This policy has no field called “{value}”; its fields are: {choices}.</source>
        <translation>Dieses Regelwerk hat kein Feld „{value}“; seine Felder sind: {choices}.</translation>
    </message>
    <message>
        <source>This policy has no role called “{value}”; choose one of: {choices}.</source>
        <translation>Dieses Regelwerk hat keine Rolle „{value}“; wählen Sie: {choices}.</translation>
    </message>
    <message>
        <source>This survey is asked in another way; choose one of: {choices}.</source>
        <translation>Diese Umfrage wird anders gestellt; wählen Sie: {choices}.</translation>
    </message>
    <message>
        <source>This ticket already waits for the customer.</source>
        <translation>Dieses Ticket wartet schon auf den Kunden.</translation>
    </message>
    <message>
        <source>This ticket belongs to {department}; you can send them a note, but not work on it.</source>
        <translation>Dieses Ticket gehört zu {department}; Sie können eine Notiz senden, aber nicht daran arbeiten.</translation>
    </message>
    <message>
        <source>This ticket is no complaint.</source>
        <translation>Dieses Ticket ist keine Beschwerde.</translation>
    </message>
    <message>
        <source>This ticket is not on this machine any more, and neither is its file.</source>
        <translation>Dieses Ticket ist nicht mehr auf diesem Rechner, und seine Datei auch nicht.</translation>
    </message>
    <message>
        <source>This ticket is not outside the charter.</source>
        <translation>Dieses Ticket ist nicht außerhalb der Servicezusage.</translation>
    </message>
    <message>
        <source>This ticket is not waiting to be taken.</source>
        <translation>Dieses Ticket wartet nicht darauf, genommen zu werden.</translation>
    </message>
    <message>
        <source>This ticket is outside the charter already.</source>
        <translation>Dieses Ticket ist schon außerhalb der Servicezusage.</translation>
    </message>
    <message>
        <source>This ticket is still open.</source>
        <translation>Dieses Ticket ist noch offen.</translation>
    </message>
    <message>
        <source>This ticket is {status}; reopen it first.</source>
        <translation>Dieses Ticket ist {status}; öffnen Sie es zuerst wieder.</translation>
    </message>
    <message>
        <source>This waits for approval by {department}.</source>
        <translation>Dies wartet auf Genehmigung durch {department}.</translation>
    </message>
    <message>
        <source>This was already decided: the caller was put through or promised a call back.</source>
        <translation>Das wurde schon entschieden: Der Anrufer wurde durchgestellt, oder ein Rückruf wurde zugesagt.</translation>
    </message>
    <message>
        <source>This was done already.</source>
        <translation>Das ist schon erledigt.</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>Do</translation>
    </message>
    <message>
        <source>Tickets of such a customer are not taken here: {kind}.</source>
        <translation>Tickets eines solchen Kunden werden hier nicht angenommen: {kind}.</translation>
    </message>
    <message>
        <source>Too many calls are reported at once; report this one again in a second.</source>
        <translation>Zu viele Anrufe werden auf einmal gemeldet; melden Sie diesen in einer Sekunde noch einmal.</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>Di</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>Mi</translation>
    </message>
    <message>
        <source>What came is not the file that was attached; try again.</source>
        <translation>Was kam, ist nicht die angehängte Datei; versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Write something first; the text is empty.</source>
        <translation>Schreiben Sie zuerst etwas; der Text ist leer.</translation>
    </message>
    <message>
        <source>Write the action plan first: steps, owner and date.</source>
        <translation>Schreiben Sie zuerst den Maßnahmenplan: Schritte, verantwortliche Person und Datum.</translation>
    </message>
    <message>
        <source>You answered this complaint before; another person decides now.</source>
        <translation>Sie haben diese Beschwerde schon beantwortet; jetzt entscheidet jemand anders.</translation>
    </message>
    <message>
        <source>You are not on the duty roster for this holiday (V-20).</source>
        <translation>Sie stehen für diesen Feiertag nicht im Dienstplan (V-20).</translation>
    </message>
    <message>
        <source>You have no valid training in “{title}”; take it all the same, and tell a supervisor (A-16).</source>
        <translation>Sie haben keine gültige Schulung in „{title}“; nehmen Sie es trotzdem, und sagen Sie es der Aufsicht (A-16).</translation>
    </message>
    <message>
        <source>You were signed out by the server; sign in again. Everything that is unsent stays here.</source>
        <translation>Der Server hat Sie abgemeldet; melden Sie sich wieder an. Alles Ungesendete bleibt hier.</translation>
    </message>
    <message>
        <source>You will be away for longer than goes without a notice: give one that names another e-mail address (E-36).</source>
        <translation>Sie sind länger weg, als es ohne Hinweis geht: Geben Sie einen an, der eine andere E-Mail-Adresse nennt (E-36).</translation>
    </message>
    <message>
        <source>Your profile lacks {fields}: every e-mail carries full contact details, so complete it first (A-30).</source>
        <translation>In Ihrem Profil fehlt {fields}: Jede E-Mail trägt vollständige Kontaktdaten, ergänzen Sie es also zuerst (A-30).</translation>
    </message>
    <message>
        <source>clocks go back {amount} on {day}</source>
        <translation>am {day} werden die Uhren um {amount} zurückgestellt</translation>
    </message>
    <message>
        <source>clocks go forward {amount} on {day}</source>
        <translation>am {day} werden die Uhren um {amount} vorgestellt</translation>
    </message>
    <message>
        <source>counts from the opening {when}</source>
        <translation>zählt ab der Öffnung {when}</translation>
    </message>
    <message>
        <source>holidays not known after {known_to}</source>
        <translation>Feiertage nach dem {known_to} nicht bekannt</translation>
    </message>
    <message>
        <source>holidays not known before {known_from}</source>
        <translation>Feiertage vor dem {known_from} nicht bekannt</translation>
    </message>
    <message>
        <source>holidays not known before {known_from} and after {known_to}</source>
        <translation>Feiertage vor dem {known_from} und nach dem {known_to} nicht bekannt</translation>
    </message>
    <message>
        <source>paused since {begins}</source>
        <translation>pausiert seit {begins}</translation>
    </message>
    <message>
        <source>paused {begins} to {ends}, out of hours</source>
        <translation>pausiert {begins} bis {ends}, außerhalb der Öffnungszeit</translation>
    </message>
    <message>
        <source>paused {begins} to {ends}, {amount} not counted</source>
        <translation>pausiert {begins} bis {ends}, {amount} nicht gezählt</translation>
    </message>
    <message>
        <source>public holiday</source>
        <translation>gesetzlicher Feiertag</translation>
    </message>
    <message>
        <source>received {when}</source>
        <translation>eingegangen {when}</translation>
    </message>
    <message>
        <source>the pause since {begins} does not move a day</source>
        <translation>die Pause seit {begins} verschiebt keinen Tag</translation>
    </message>
    <message>
        <source>the pause {begins} to {ends} does not move a day</source>
        <translation>die Pause {begins} bis {ends} verschiebt keinen Tag</translation>
    </message>
    <message>
        <source>working day {days}</source>
        <translation>Arbeitstag {days}</translation>
    </message>
    <message>
        <source>working days {days}</source>
        <translation>Arbeitstage {days}</translation>
    </message>
    <message>
        <source>{amount} counted on each of {days}</source>
        <translation>je {amount} gezählt am {days}</translation>
    </message>
    <message>
        <source>{amount} counted on {days}</source>
        <translation>{amount} gezählt am {days}</translation>
    </message>
    <message>
        <source>{amount} to {when}, open or not</source>
        <translation>{amount} bis {when}, offen oder nicht</translation>
    </message>
    <message>
        <source>{days} closed</source>
        <translation>{days} geschlossen</translation>
    </message>
    <message>
        <source>{days} closed ({name})</source>
        <translation>{days} geschlossen ({name})</translation>
    </message>
    <message>
        <source>{day} ({number})</source>
        <translation>{day} ({number})</translation>
    </message>
    <message>
        <source>{detail}</source>
        <translation>{detail}</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} bis {last}</translation>
    </message>
    <message>
        <source>{name} does not work in {department}; transfer the ticket instead.</source>
        <translation>{name} arbeitet nicht in {department}; geben Sie stattdessen das Ticket weiter.</translation>
    </message>
    <message>
        <source>{name} has no escalation path: first add or enable a {role} for {departments} (A-05).</source>
        <translation>{name} hat keinen Eskalationsweg: Zuerst muss {role} für {departments} da oder freigeschaltet sein (A-05).</translation>
    </message>
    <message>
        <source>{name} holds this ticket; ask for it to be handed over, or ask a supervisor.</source>
        <translation>{name} bearbeitet dieses Ticket; bitten Sie darum, es übergeben zu bekommen, oder fragen Sie die Aufsicht.</translation>
    </message>
    <message>
        <source>{name} is not a {role}; put the caller through to one of them (H-13, H-15).</source>
        <translation>{name} ist nicht „{role}“; stellen Sie den Anrufer zu jemandem mit dieser Rolle durch (H-13, H-15).</translation>
    </message>
    <message>
        <source>{name} must stay {role}: at least {least} must always be there; give the role to somebody else first (H-31).</source>
        <translation>{name} muss „{role}“ bleiben: Mindestens {least} muss es immer geben; geben Sie die Rolle zuerst jemand anderem (H-31).</translation>
    </message>
    <message>
        <source>{name} takes no live calls; leave a message instead (E-28).</source>
        <translation>{name} nimmt keine Anrufe direkt an; hinterlassen Sie eine Nachricht (E-28).</translation>
    </message>
    <message>
        <source>{number} calendar days to {day}</source>
        <translation>{number} Kalendertage bis {day}</translation>
    </message>
    <message>
        <source>{number} h</source>
        <translation>{number} h</translation>
    </message>
    <message>
        <source>{number} min</source>
        <translation>{number} min</translation>
    </message>
    <message>
        <source>{number} s</source>
        <translation>{number} s</translation>
    </message>
    <message>
        <source>{role} must analyse this claim first (E-41).</source>
        <translation>Zuerst muss {role} diesen Anspruch untersuchen (E-41).</translation>
    </message>
    <message>
        <source>“{name}” has {size}; at most {most} can be attached. Put it where those can reach it who need it, and note where.</source>
        <translation>„{name}“ hat {size}; höchstens {most} können angehängt werden. Legen Sie es dorthin, wo alle es erreichen, die es brauchen, und vermerken Sie, wo.</translation>
    </message>
    <message>
        <source>“{name}” is empty, so there is nothing to attach.</source>
        <translation>„{name}“ ist leer, da gibt es nichts anzuhängen.</translation>
    </message>
    <message>
        <source>“{name}” was not read to its end; add it again.</source>
        <translation>„{name}“ wurde nicht bis zum Ende gelesen; fügen Sie es noch einmal an.</translation>
    </message>
    <message>
        <source>“{server}” is no address of a server; write it as https://desk.example.org.</source>
        <translation>„{server}“ ist keine Adresse eines Servers; schreiben Sie sie wie https://desk.example.org.</translation>
    </message>
    <message>
        <source>“{title}” is asked for and not filled in{rules}.</source>
        <translation>„{title}“ ist gefragt und nicht ausgefüllt{rules}.</translation>
    </message>
    <message>
        <source>“{title}” is served by {choices}: choose one of them.</source>
        <translation>„{title}“ wird von {choices} bedient: Wählen Sie eine Abteilung.</translation>
    </message>
    <message>
        <source>“{title}” is still owed, due {deadline}; solving or closing the ticket does not fulfil it.</source>
        <translation>„{title}“ ist noch geschuldet, fällig {deadline}; Lösen oder Schließen des Tickets erfüllt es nicht.</translation>
    </message>
    <message>
        <source>“{title}” must say something else than “{other}”.</source>
        <translation>„{title}“ muss etwas anderes sagen als „{other}“.</translation>
    </message>
    <message>
        <source>“{value}” cannot be typed as a login; write it without blanks.</source>
        <translation>„{value}“ kann nicht als Anmeldename getippt werden; schreiben Sie ihn ohne Leerzeichen.</translation>
    </message>
    <message>
        <source>“{value}” is for somebody in the role {base} or above, not in the role {role}; give that role too.</source>
        <translation>„{value}“ ist für die Rolle {base} oder darüber, nicht für die Rolle {role}; geben Sie auch jene Rolle.</translation>
    </message>
    <message>
        <source>“{value}” is not possible for “{title}”; choose one of: {choices}.</source>
        <translation>„{value}“ geht bei „{title}“ nicht; wählen Sie: {choices}.</translation>
    </message>
    <message>
        <source>… {number} more steps …</source>
        <translation>… {number} weitere Schritte …</translation>
    </message>
    <message>
        <source>Text blocks and questions</source>
        <translation>Textbausteine und Fragen</translation>
    </message>
    <message>
        <source>Attach a file…</source>
        <translation>Datei anhängen…</translation>
    </message>
    <message>
        <source>picture {when}</source>
        <translation>Bild {when}</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>Dateien anhängen</translation>
    </message>
    <message>
        <source>Attached: {name}</source>
        <translation>Angehängt: {name}</translation>
    </message>
    <message>
        <source>Saving {name}…</source>
        <translation>{name} wird gespeichert…</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>Speichern unter</translation>
    </message>
    <message>
        <source>Saved as {path}.</source>
        <translation>Gespeichert als {path}.</translation>
    </message>
    <message>
        <source>{saved} It is a program: do not open it unless you expected it.</source>
        <translation>{saved} Es ist ein Programm: Öffnen Sie es nur, wenn Sie es erwartet haben.</translation>
    </message>
    <message>
        <source>Attach them again from where they came.</source>
        <translation>Hängen Sie sie noch einmal von dort an, woher sie kamen.</translation>
    </message>
    <message>
        <source>There is something called “{name}” there already; give another name.</source>
        <translation>Dort gibt es „{name}“ schon; geben Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>“{name}” is no file; name the files one by one.</source>
        <translation>„{name}“ ist keine Datei; nennen Sie die Dateien einzeln.</translation>
    </message>
    <message>
        <source>There is no file {path}.</source>
        <translation>Es gibt keine Datei {path}.</translation>
    </message>
    <message>
        <source>“{name}” cannot be read: {reason}.</source>
        <translation>„{name}“ lässt sich nicht lesen: {reason}.</translation>
    </message>
    <message>
        <source>{met} met, {missed} missed, {running} running</source>
        <translation>{met} eingehalten, {missed} versäumt, {running} laufend</translation>
    </message>
    <message>
        <source>{title}, month by month</source>
        <translation>{title}, Monat für Monat</translation>
    </message>
</context>
</TS>
