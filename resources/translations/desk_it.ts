<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="it" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>not sent yet</source>
        <translation>non ancora inviato</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>risposto</translation>
    </message>
    <message>
        <source>number withheld</source>
        <translation>numero nascosto</translation>
    </message>
    <message>
        <source>due {when}</source>
        <translation>scade {when}</translation>
    </message>
    <message>
        <source>knows this</source>
        <translation>se ne intende</translation>
    </message>
    <message>
        <source>No specialist of this department is here; go back and promise a call back.</source>
        <translation>Nessuno specialista di questo reparto è presente; tornare indietro e promettere una richiamata.</translation>
    </message>
    <message>
        <source>{title}: due {when}</source>
        <translation>{title}: scade {when}</translation>
    </message>
    <message>
        <source>{title}: no deadline</source>
        <translation>{title}: nessuna scadenza</translation>
    </message>
    <message>
        <source>{day} {time}</source>
        <translation>{day} {time}</translation>
    </message>
    <message>
        <source>{day} {date} {month}</source>
        <translation>{day} {date} {month}</translation>
    </message>
    <message>
        <source>{day} {date} {month} {time}</source>
        <translation>{day} {date} {month} {time}</translation>
    </message>
    <message>
        <source>{day} {date} {month} {year} {time}</source>
        <translation>{day} {date} {month} {year} {time}</translation>
    </message>
    <message>
        <source>{date} {month} {year}</source>
        <translation>{date} {month} {year}</translation>
    </message>
    <message>
        <source>{day} {date} {month} {year}  {time}</source>
        <translation>{day} {date} {month} {year}  {time}</translation>
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
        <translation>Un collega</translation>
    </message>
    <message>
        <source>brought it over from {source}</source>
        <translation>lo ha portato da {source}</translation>
    </message>
    <message>
        <source>took the call {times}</source>
        <translation>ha preso la chiamata {times}</translation>
    </message>
    <message>
        <source>opened the ticket, {channel}</source>
        <translation>ha aperto il ticket, {channel}</translation>
    </message>
    <message>
        <source>The deadline of “{title}” passed</source>
        <translation>La scadenza di “{title}” è passata</translation>
    </message>
    <message>
        <source>Dates of the calendar “{calendars}” were corrected</source>
        <translation>Le date del calendario “{calendars}” sono state corrette</translation>
    </message>
    <message>
        <source>The deadline of “{title}” is near</source>
        <translation>La scadenza di “{title}” è vicina</translation>
    </message>
    <message>
        <source>The hours or holidays of {places} were corrected</source>
        <translation>Gli orari o le festività di {places} sono stati corretti</translation>
    </message>
    <message>
        <source>wrote a note</source>
        <translation>ha scritto una nota</translation>
    </message>
    <message>
        <source>spent {time}</source>
        <translation>ha impiegato {time}</translation>
    </message>
    <message>
        <source>asked the customer</source>
        <translation>ha chiesto al cliente</translation>
    </message>
    <message>
        <source>set it to wait for the customer</source>
        <translation>lo ha messo in attesa del cliente</translation>
    </message>
    <message>
        <source>noted that the customer answered</source>
        <translation>ha annotato che il cliente ha risposto</translation>
    </message>
    <message>
        <source>noted that the customer had to call again</source>
        <translation>ha annotato che il cliente ha dovuto richiamare</translation>
    </message>
    <message>
        <source>Nobody holds the role “{title}”</source>
        <translation>Nessuno ha il ruolo “{title}”</translation>
    </message>
    <message>
        <source>solved it</source>
        <translation>lo ha risolto</translation>
    </message>
    <message>
        <source>closed it</source>
        <translation>lo ha chiuso</translation>
    </message>
    <message>
        <source>reopened it</source>
        <translation>lo ha riaperto</translation>
    </message>
    <message>
        <source>called back and reached the customer</source>
        <translation>ha richiamato e trovato il cliente</translation>
    </message>
    <message>
        <source>called back, nobody answered</source>
        <translation>ha richiamato, nessuno ha risposto</translation>
    </message>
    <message>
        <source>put the caller through to {name}</source>
        <translation>ha passato la chiamata a {name}</translation>
    </message>
    <message>
        <source>promised a call back</source>
        <translation>ha promesso una richiamata</translation>
    </message>
    <message>
        <source>took it from the queue</source>
        <translation>lo ha preso dalla coda</translation>
    </message>
    <message>
        <source>gave it to {name}</source>
        <translation>lo ha dato a {name}</translation>
    </message>
    <message>
        <source>gave it back to the queue</source>
        <translation>lo ha rimesso in coda</translation>
    </message>
    <message>
        <source>handed it over to {name}</source>
        <translation>lo ha consegnato a {name}</translation>
    </message>
    <message>
        <source>transferred it to {department}</source>
        <translation>lo ha trasferito a {department}</translation>
    </message>
    <message>
        <source>moved it to the office {office}</source>
        <translation>lo ha spostato all’ufficio {office}</translation>
    </message>
    <message>
        <source>It went back to the queue; {name} was offline too long</source>
        <translation>È tornato in coda; {name} è rimasto offline troppo a lungo</translation>
    </message>
    <message>
        <source>has it again: the work was done in time</source>
        <translation>lo ha di nuovo: il lavoro era fatto in tempo</translation>
    </message>
    <message>
        <source>had begun it offline, too late</source>
        <translation>lo aveva iniziato offline, troppo tardi</translation>
    </message>
    <message>
        <source>left a draft that was not sent</source>
        <translation>ha lasciato una bozza che non è stata inviata</translation>
    </message>
    <message>
        <source>corrected the details</source>
        <translation>ha corretto i dati</translation>
    </message>
    <message>
        <source>gave the class {title}</source>
        <translation>ha dato la classe {title}</translation>
    </message>
    <message>
        <source>looked up what the customer is entitled to: {found}</source>
        <translation>ha controllato a che cosa il cliente ha diritto: {found}</translation>
    </message>
    <message>
        <source>noted whose it is: {customer}</source>
        <translation>ha annotato di chi è: {customer}</translation>
    </message>
    <message>
        <source>noted a further number: {number}</source>
        <translation>ha annotato un altro numero: {number}</translation>
    </message>
    <message>
        <source>a known customer</source>
        <translation>un cliente noto</translation>
    </message>
    <message>
        <source>Class: {title}</source>
        <translation>Classe: {title}</translation>
    </message>
    <message>
        <source>The caller was told {number}; it stays valid.</source>
        <translation>A chi chiamava è stato detto {number}; resta valido.</translation>
    </message>
    <message>
        <source>{promise}: {change}</source>
        <translation>{promise}: {change}</translation>
    </message>
    <message>
        <source>promised, without a deadline</source>
        <translation>promesso, senza scadenza</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>in pausa</translation>
    </message>
    <message>
        <source>deadline moved from {old} to {new}</source>
        <translation>scadenza spostata da {old} a {new}</translation>
    </message>
    <message>
        <source>runs on, due {when}</source>
        <translation>continua, scade {when}</translation>
    </message>
    <message>
        <source>kept; it became known only after the deadline</source>
        <translation>mantenuta; si è saputo solo dopo la scadenza</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>mantenuta</translation>
    </message>
    <message>
        <source>does not apply, a contract rules instead</source>
        <translation>non vale, vale invece un contratto</translation>
    </message>
    <message>
        <source>applies after all, due {when}</source>
        <translation>vale comunque, scade {when}</translation>
    </message>
    <message>
        <source>ended with the help that was refused</source>
        <translation>finita con l’aiuto che è stato negato</translation>
    </message>
    <message>
        <source>missed, was due {when}</source>
        <translation>mancata, scadeva {when}</translation>
    </message>
    <message>
        <source>{when} ({place})</source>
        <translation>{when} ({place})</translation>
    </message>
    <message>
        <source>open</source>
        <translation>aperto</translation>
    </message>
    <message>
        <source>Not a specialist&apos;s call: the promise runs on</source>
        <translation>Non è la chiamata di uno specialista: la promessa continua</translation>
    </message>
    <message>
        <source>From another department</source>
        <translation>Da un altro reparto</translation>
    </message>
    <message>
        <source>recorded {when}</source>
        <translation>registrato {when}</translation>
    </message>
    <message>
        <source>wrote how it goes</source>
        <translation>ha scritto come procede</translation>
    </message>
    <message>
        <source>answered in full, in writing</source>
        <translation>ha risposto per intero, per iscritto</translation>
    </message>
    <message>
        <source>sent an offer</source>
        <translation>ha inviato un’offerta</translation>
    </message>
    <message>
        <source>answered in writing</source>
        <translation>ha risposto per iscritto</translation>
    </message>
    <message>
        <source>at {time}</source>
        <translation>alle {time}</translation>
    </message>
    <message>
        <source>answered after {seconds} s</source>
        <translation>risposto dopo {seconds} s</translation>
    </message>
    <message>
        <source>{time} long</source>
        <translation>durata {time}</translation>
    </message>
    <message>
        <source>under a minute long</source>
        <translation>durata meno di un minuto</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>Chi chiama</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>Azienda</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefono</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Prodotto</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Numero di serie</translation>
    </message>
    <message>
        <source>No serial number because</source>
        <translation>Nessun numero di serie perché</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>Guasto</translation>
    </message>
    <message>
        <source>{field}: {before} → {after}</source>
        <translation>{field}: {before} → {after}</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>vuoto</translation>
    </message>
    <message>
        <source>{field}: {value}</source>
        <translation>{field}: {value}</translation>
    </message>
    <message>
        <source>{number}. {what} — {who}, until {date}</source>
        <translation>{number}. {what} — {who}, entro {date}</translation>
    </message>
    <message>
        <source>A mail came from {sender}</source>
        <translation>È arrivata un’e-mail da {sender}</translation>
    </message>
    <message>
        <source>The message “{title}” goes to {to}</source>
        <translation>Il messaggio “{title}” va a {to}</translation>
    </message>
    <message>
        <source>The message “{title}” can&apos;t go out: there is no address</source>
        <translation>Il messaggio “{title}” non può partire: manca l’indirizzo</translation>
    </message>
    <message>
        <source>took down a message for {role}</source>
        <translation>ha preso un messaggio per {role}</translation>
    </message>
    <message>
        <source>gave the own name</source>
        <translation>ha detto il proprio nome</translation>
    </message>
    <message>
        <source>noted that the caller wants {role}</source>
        <translation>ha annotato che chi chiama vuole {role}</translation>
    </message>
    <message>
        <source>filled in</source>
        <translation>ha compilato</translation>
    </message>
    <message>
        <source>agreed on “{amount}” with the customer</source>
        <translation>ha concordato “{amount}” con il cliente</translation>
    </message>
    <message>
        <source>triaged it: {category}, {department}</source>
        <translation>lo ha smistato: {category}, {department}</translation>
    </message>
    <message>
        <source>approved it</source>
        <translation>lo ha approvato</translation>
    </message>
    <message>
        <source>rejected it</source>
        <translation>lo ha respinto</translation>
    </message>
    <message>
        <source>took it out of the charter: {title}</source>
        <translation>lo ha tolto dalla carta dei servizi: {title}</translation>
    </message>
    <message>
        <source>put it under the charter again</source>
        <translation>lo ha rimesso sotto la carta dei servizi</translation>
    </message>
    <message>
        <source>marked it as a common issue</source>
        <translation>lo ha segnato come problema comune</translation>
    </message>
    <message>
        <source>marked it as no common issue</source>
        <translation>lo ha segnato come problema non comune</translation>
    </message>
    <message>
        <source>The customer&apos;s issue before this one is done: it is this one&apos;s turn</source>
        <translation>La questione precedente del cliente è chiusa: ora tocca a questa</translation>
    </message>
    <message>
        <source>Escalated to “{step}”: {who}</source>
        <translation>Escalation a “{step}”: {who}</translation>
    </message>
    <message>
        <source>wrote the action plan</source>
        <translation>ha scritto il piano d’azione</translation>
    </message>
    <message>
        <source>agreed the action plan</source>
        <translation>ha concordato il piano d’azione</translation>
    </message>
    <message>
        <source>promised something by {when}</source>
        <translation>ha promesso qualcosa entro {when}</translation>
    </message>
    <message>
        <source>kept a promise</source>
        <translation>ha mantenuto una promessa</translation>
    </message>
    <message>
        <source>The moment of a promise passed, and it was not kept</source>
        <translation>Il momento di una promessa è passato senza che fosse mantenuta</translation>
    </message>
    <message>
        <source>A complaint arrived: {title}</source>
        <translation>È arrivato un reclamo: {title}</translation>
    </message>
    <message>
        <source>confirmed its receipt by voice</source>
        <translation>ha confermato a voce il ricevimento</translation>
    </message>
    <message>
        <source>confirmed its receipt in writing</source>
        <translation>ha confermato per iscritto il ricevimento</translation>
    </message>
    <message>
        <source>told how the investigation goes</source>
        <translation>ha detto come procede l’esame</translation>
    </message>
    <message>
        <source>The customer is taken to have the first update</source>
        <translation>Si considera che il cliente abbia il primo aggiornamento</translation>
    </message>
    <message>
        <source>The customer has the first update</source>
        <translation>Il cliente ha il primo aggiornamento</translation>
    </message>
    <message>
        <source>answered the complaint</source>
        <translation>ha risposto al reclamo</translation>
    </message>
    <message>
        <source>The complaint goes further: {stage}</source>
        <translation>Il reclamo prosegue: {stage}</translation>
    </message>
    <message>
        <source>noted the decision of an outside body</source>
        <translation>ha annotato la decisione di un ente esterno</translation>
    </message>
    <message>
        <source>carried out measure {number}</source>
        <translation>ha eseguito la misura {number}</translation>
    </message>
    <message>
        <source>noted that all information is there</source>
        <translation>ha annotato che ci sono tutte le informazioni</translation>
    </message>
    <message>
        <source>looked through the call records</source>
        <translation>ha esaminato le registrazioni delle chiamate</translation>
    </message>
    <message>
        <source>analysed the complaint</source>
        <translation>ha analizzato il reclamo</translation>
    </message>
    <message>
        <source>Nobody can be asked: there is no address.</source>
        <translation>Non si può chiedere a nessuno: manca l’indirizzo.</translation>
    </message>
    <message>
        <source>The survey “{title}” is owed</source>
        <translation>Il sondaggio “{title}” è dovuto</translation>
    </message>
    <message>
        <source>noted the answers to “{title}”</source>
        <translation>ha annotato le risposte a “{title}”</translation>
    </message>
    <message>
        <source>proposed to refuse help: {conduct}</source>
        <translation>ha proposto di negare l’aiuto: {conduct}</translation>
    </message>
    <message>
        <source>refused help</source>
        <translation>ha negato l’aiuto</translation>
    </message>
    <message>
        <source>did not refuse help</source>
        <translation>non ha negato l’aiuto</translation>
    </message>
    <message>
        <source>Mail received</source>
        <translation>E-mail ricevuta</translation>
    </message>
    <message>
        <source>Message sent</source>
        <translation>Messaggio inviato</translation>
    </message>
    <message>
        <source>Message taken down</source>
        <translation>Messaggio annotato</translation>
    </message>
    <message>
        <source>Own name given</source>
        <translation>Detto il proprio nome</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Preso</translation>
    </message>
    <message>
        <source>Fields filled in</source>
        <translation>Campi compilati</translation>
    </message>
    <message>
        <source>Timescale agreed</source>
        <translation>Tempi concordati</translation>
    </message>
    <message>
        <source>Triaged</source>
        <translation>Smistato</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Approvato</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Respinto</translation>
    </message>
    <message>
        <source>Outside the charter</source>
        <translation>Fuori dalla carta dei servizi</translation>
    </message>
    <message>
        <source>Inside the charter again</source>
        <translation>Di nuovo sotto la carta dei servizi</translation>
    </message>
    <message>
        <source>Marked as common or not</source>
        <translation>Segnato come comune o no</translation>
    </message>
    <message>
        <source>Escalated</source>
        <translation>Escalation fatta</translation>
    </message>
    <message>
        <source>Action plan written</source>
        <translation>Piano d’azione scritto</translation>
    </message>
    <message>
        <source>Action plan agreed</source>
        <translation>Piano d’azione concordato</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>Promesso</translation>
    </message>
    <message>
        <source>Promise kept</source>
        <translation>Promessa mantenuta</translation>
    </message>
    <message>
        <source>Receipt of the complaint confirmed</source>
        <translation>Ricevimento del reclamo confermato</translation>
    </message>
    <message>
        <source>Told how the complaint stands</source>
        <translation>Detto a che punto è il reclamo</translation>
    </message>
    <message>
        <source>First update received</source>
        <translation>Primo aggiornamento ricevuto</translation>
    </message>
    <message>
        <source>Complaint answered</source>
        <translation>Risposta al reclamo data</translation>
    </message>
    <message>
        <source>Complaint goes further</source>
        <translation>Il reclamo prosegue</translation>
    </message>
    <message>
        <source>Outside decision recorded</source>
        <translation>Decisione esterna annotata</translation>
    </message>
    <message>
        <source>Measure carried out</source>
        <translation>Misura eseguita</translation>
    </message>
    <message>
        <source>Information complete</source>
        <translation>Informazioni complete</translation>
    </message>
    <message>
        <source>Call records checked</source>
        <translation>Registrazioni delle chiamate controllate</translation>
    </message>
    <message>
        <source>Complaint analysed</source>
        <translation>Reclamo analizzato</translation>
    </message>
    <message>
        <source>Survey answered</source>
        <translation>Risposto al sondaggio</translation>
    </message>
    <message>
        <source>Refusal of help proposed</source>
        <translation>Proposto di negare l’aiuto</translation>
    </message>
    <message>
        <source>Refusal of help decided</source>
        <translation>Deciso se negare l’aiuto</translation>
    </message>
    <message>
        <source>Line added to a register</source>
        <translation>Riga aggiunta a un registro</translation>
    </message>
    <message>
        <source>Line of a register changed</source>
        <translation>Riga di un registro cambiata</translation>
    </message>
    <message>
        <source>Absence entered</source>
        <translation>Assenza inserita</translation>
    </message>
    <message>
        <source>Nobody has decided yet which department this belongs to.</source>
        <translation>Nessuno ha ancora deciso a quale reparto appartiene.</translation>
    </message>
    <message>
        <source>It waits for approval by {department}.</source>
        <translation>Attende l’approvazione di {department}.</translation>
    </message>
    <message>
        <source>It was approved.</source>
        <translation>È stato approvato.</translation>
    </message>
    <message>
        <source>It was rejected.</source>
        <translation>È stato respinto.</translation>
    </message>
    <message>
        <source>Outside the charter: {contract} rules instead.</source>
        <translation>Fuori dalla carta dei servizi: vale invece {contract}.</translation>
    </message>
    <message>
        <source>An earlier issue of the same customer comes first.</source>
        <translation>Una questione precedente dello stesso cliente viene prima.</translation>
    </message>
    <message>
        <source>It was proposed to refuse help; a supervisor decides.</source>
        <translation>È stato proposto di negare l’aiuto; decide un supervisore.</translation>
    </message>
    <message>
        <source>Help was refused.</source>
        <translation>L’aiuto è stato negato.</translation>
    </message>
    <message>
        <source>A common issue.</source>
        <translation>Un problema comune.</translation>
    </message>
    <message>
        <source>Timescale: {amount}</source>
        <translation>Tempi: {amount}</translation>
    </message>
    <message>
        <source>Kind of customer: {kind}</source>
        <translation>Tipo di cliente: {kind}</translation>
    </message>
    <message>
        <source>E-mail: {address}</source>
        <translation>E-mail: {address}</translation>
    </message>
    <message>
        <source>Owed: {title}</source>
        <translation>Dovuto: {title}</translation>
    </message>
    <message>
        <source>Owed: {title}, was due {when}</source>
        <translation>Dovuto: {title}, scadeva {when}</translation>
    </message>
    <message>
        <source>Owed: {title}, due {when}</source>
        <translation>Dovuto: {title}, scade {when}</translation>
    </message>
    <message>
        <source>“{promise}” was missed</source>
        <translation>“{promise}” è stata mancata</translation>
    </message>
    <message>
        <source>Escalated {when} to “{step}”: {who}</source>
        <translation>Escalation {when} a “{step}”: {who}</translation>
    </message>
    <message>
        <source>{line} ({why})</source>
        <translation>{line} ({why})</translation>
    </message>
    <message>
        <source>An action plan is owed.</source>
        <translation>È dovuto un piano d’azione.</translation>
    </message>
    <message>
        <source>Action plan, not agreed yet:</source>
        <translation>Piano d’azione, non ancora concordato:</translation>
    </message>
    <message>
        <source>Action plan, agreed by {who}:</source>
        <translation>Piano d’azione, concordato da {who}:</translation>
    </message>
    <message>
        <source>The customer agreed on {date}.</source>
        <translation>Il cliente ha accettato il {date}.</translation>
    </message>
    <message>
        <source>kept {when}</source>
        <translation>mantenuta {when}</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>non mantenuta</translation>
    </message>
    <message>
        <source>kept late, {when}</source>
        <translation>mantenuta in ritardo, {when}</translation>
    </message>
    <message>
        <source>Promise {number}: {what}, by {when}: {stands}</source>
        <translation>Promessa {number}: {what}, entro {when}: {stands}</translation>
    </message>
    <message>
        <source>{title}, {stage}: {summary}</source>
        <translation>{title}, {stage}: {summary}</translation>
    </message>
    <message>
        <source>About {name}.</source>
        <translation>Riguarda {name}.</translation>
    </message>
    <message>
        <source>It is about the use of personal data.</source>
        <translation>Riguarda l’uso di dati personali.</translation>
    </message>
    <message>
        <source>Kept under {address}.</source>
        <translation>Conservato sotto {address}.</translation>
    </message>
    <message>
        <source>The information is incomplete since {when}; the answer is not owed before.</source>
        <translation>Le informazioni sono incomplete dal {when}; prima la risposta non è dovuta.</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fatto</translation>
    </message>
    <message>
        <source>to be done</source>
        <translation>da fare</translation>
    </message>
    <message>
        <source>Measure {number}: {what}: {stands}</source>
        <translation>Misura {number}: {what}: {stands}</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>non trovato</translation>
    </message>
    <message>
        <source>{title}: {given}</source>
        <translation>{title}: {given}</translation>
    </message>
    <message numerus="yes">
        <source>%n calls from these numbers are on record.</source>
        <translation>
            <numerusform>%n chiamata da questi numeri è registrata.</numerusform>
            <numerusform>%n chiamate da questi numeri sono registrate.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is known yet of: {titles}.</source>
        <translation>Ancora non si sa nulla di: {titles}.</translation>
    </message>
    <message>
        <source>Receipt confirmed {when}</source>
        <translation>Ricevimento confermato {when}</translation>
    </message>
    <message>
        <source>Last told how it stands {when}</source>
        <translation>Detto l’ultima volta a che punto è {when}</translation>
    </message>
    <message>
        <source>First update received {when}</source>
        <translation>Primo aggiornamento ricevuto {when}</translation>
    </message>
    <message>
        <source>Information complete {when}</source>
        <translation>Informazioni complete {when}</translation>
    </message>
    <message>
        <source>Call records checked {when}</source>
        <translation>Registrazioni delle chiamate controllate {when}</translation>
    </message>
    <message>
        <source>Analysis: {text}</source>
        <translation>Analisi: {text}</translation>
    </message>
    <message>
        <source>After the answer the customer may go on to: {stages}.</source>
        <translation>Dopo la risposta il cliente può rivolgersi a: {stages}.</translation>
    </message>
    <message>
        <source>Message “{title}”: there is no address to send it to</source>
        <translation>Messaggio “{title}”: manca l’indirizzo a cui inviarlo</translation>
    </message>
    <message>
        <source>Message “{title}” to {to}</source>
        <translation>Messaggio “{title}” a {to}</translation>
    </message>
    <message>
        <source>not answered yet</source>
        <translation>senza risposta per ora</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Aperto</translation>
    </message>
    <message>
        <source>Waiting for the customer</source>
        <translation>In attesa del cliente</translation>
    </message>
    <message>
        <source>Solved</source>
        <translation>Risolto</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Chiuso</translation>
    </message>
    <message>
        <source>{title} until {date}</source>
        <translation>{title} fino al {date}</translation>
    </message>
    <message>
        <source>Entitled</source>
        <translation>Ha diritto</translation>
    </message>
    <message>
        <source>{title} ended {date}</source>
        <translation>{title} finito il {date}</translation>
    </message>
    <message>
        <source>No contract, no warranty</source>
        <translation>Nessun contratto, nessuna garanzia</translation>
    </message>
    <message>
        <source>Entitlement not known</source>
        <translation>Diritto non noto</translation>
    </message>
    <message>
        <source>no class yet</source>
        <translation>ancora senza classe</translation>
    </message>
    <message>
        <source>nobody holds it</source>
        <translation>nessuno lo ha in mano</translation>
    </message>
    <message>
        <source>you hold it</source>
        <translation>lo ha in mano Lei</translation>
    </message>
    <message>
        <source>held by {name}</source>
        <translation>in mano a {name}</translation>
    </message>
    <message>
        <source>a colleague</source>
        <translation>un collega</translation>
    </message>
    <message>
        <source>by phone</source>
        <translation>per telefono</translation>
    </message>
    <message>
        <source>by e-mail</source>
        <translation>per e-mail</translation>
    </message>
    <message>
        <source>by web form</source>
        <translation>dal modulo web</translation>
    </message>
    <message>
        <source>by letter</source>
        <translation>per lettera</translation>
    </message>
    <message>
        <source>by the portal</source>
        <translation>dal portale</translation>
    </message>
    <message>
        <source>was due {when}</source>
        <translation>scadeva {when}</translation>
    </message>
    <message>
        <source>no deadline until the pause ends</source>
        <translation>nessuna scadenza finché dura la pausa</translation>
    </message>
    <message>
        <source>does not apply</source>
        <translation>non vale</translation>
    </message>
    <message>
        <source>kept, learnt late</source>
        <translation>mantenuta, saputa tardi</translation>
    </message>
    <message>
        <source>done {time} late</source>
        <translation>fatto con {time} di ritardo</translation>
    </message>
    <message>
        <source>done late</source>
        <translation>fatto in ritardo</translation>
    </message>
    <message>
        <source>late</source>
        <translation>in ritardo</translation>
    </message>
    <message>
        <source>it began because what should have begun it was missed</source>
        <translation>è partita perché è mancato ciò che doveva farla partire</translation>
    </message>
    <message>
        <source>no deadline</source>
        <translation>nessuna scadenza</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>persa</translation>
    </message>
    <message>
        <source>it became a ticket</source>
        <translation>è diventato un ticket</translation>
    </message>
    <message>
        <source>the caller gave up</source>
        <translation>chi chiamava ha riattaccato</translation>
    </message>
    <message>
        <source>the caller was not entitled</source>
        <translation>chi chiamava non aveva diritto</translation>
    </message>
    <message>
        <source>wrong number</source>
        <translation>numero sbagliato</translation>
    </message>
    <message>
        <source>no ticket was needed</source>
        <translation>non serviva un ticket</translation>
    </message>
    <message>
        <source>none</source>
        <translation>nessuna</translation>
    </message>
    <message>
        <source>Dates of the calendar were corrected: the deadline moved from {old} to {new}.</source>
        <translation>Le date del calendario sono state corrette: la scadenza è passata da {old} a {new}.</translation>
    </message>
    <message>
        <source>The deadline moved from {old} to {new}.</source>
        <translation>La scadenza è passata da {old} a {new}.</translation>
    </message>
    <message>
        <source>Nobody promised anything here, because this desk&apos;s policy makes no promises.</source>
        <translation>Qui nessuno ha promesso nulla, perché le regole di questo desk non fanno promesse.</translation>
    </message>
    <message>
        <source>Nobody promised anything here, because neither a contract nor a warranty ran on the day of the call ({rules}).</source>
        <translation>Qui nessuno ha promesso nulla, perché il giorno della chiamata non c’era né contratto né garanzia ({rules}).</translation>
    </message>
    <message>
        <source>“{title}”</source>
        <translation>“{title}”</translation>
    </message>
    <message>
        <source>Nobody promised anything here, because what starts {promises} has not happened.</source>
        <translation>Qui nessuno ha promesso nulla, perché non è avvenuto ciò che fa partire {promises}.</translation>
    </message>
    <message>
        <source>attached {name}, {size}: a program, to be saved only by who expects it</source>
        <translation>ha allegato {name}, {size}: un programma, da salvare solo se lo si aspetta</translation>
    </message>
    <message>
        <source>attached {name}, {size}</source>
        <translation>ha allegato {name}, {size}</translation>
    </message>
    <message>
        <source>Call begun</source>
        <translation>Chiamata iniziata</translation>
    </message>
    <message>
        <source>Call answered</source>
        <translation>Chiamata presa</translation>
    </message>
    <message>
        <source>Call hung up</source>
        <translation>Riattaccato</translation>
    </message>
    <message>
        <source>Number and class told</source>
        <translation>Numero e classe detti</translation>
    </message>
    <message>
        <source>Call finished</source>
        <translation>Chiamata conclusa</translation>
    </message>
    <message>
        <source>Call logged</source>
        <translation>Chiamata registrata</translation>
    </message>
    <message>
        <source>Ticket made</source>
        <translation>Ticket creato</translation>
    </message>
    <message>
        <source>Details corrected</source>
        <translation>Dati corretti</translation>
    </message>
    <message>
        <source>Classified</source>
        <translation>Classe data</translation>
    </message>
    <message>
        <source>Take next</source>
        <translation>Prendi il prossimo</translation>
    </message>
    <message>
        <source>Given back</source>
        <translation>Rimesso in coda</translation>
    </message>
    <message>
        <source>Reply to the customer</source>
        <translation>Risposta al cliente</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Time logged</source>
        <translation>Tempo registrato</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>Consegnato</translation>
    </message>
    <message>
        <source>Put through</source>
        <translation>Passa</translation>
    </message>
    <message>
        <source>Call back promised</source>
        <translation>Richiamata promessa</translation>
    </message>
    <message>
        <source>Called back</source>
        <translation>Richiamato</translation>
    </message>
    <message>
        <source>Question to the customer</source>
        <translation>Domanda al cliente</translation>
    </message>
    <message>
        <source>Waits for the customer</source>
        <translation>In attesa del cliente</translation>
    </message>
    <message>
        <source>The customer answered</source>
        <translation>Il cliente ha risposto</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Risolto</translation>
    </message>
    <message>
        <source>Reopened</source>
        <translation>Riaperto</translation>
    </message>
    <message>
        <source>Transferred</source>
        <translation>Trasferito</translation>
    </message>
    <message>
        <source>Moved to another office</source>
        <translation>Spostato a un altro ufficio</translation>
    </message>
    <message>
        <source>File attached</source>
        <translation>File allegato</translation>
    </message>
    <message>
        <source>It is on record, but what was spoken does not keep the promise of a written confirmation.</source>
        <translation>È annotato, ma ciò che è detto a voce non mantiene la promessa di una conferma scritta.</translation>
    </message>
    <message>
        <source>It is on record, but only a specialist&apos;s call keeps the promise.</source>
        <translation>È annotato, ma solo la chiamata di uno specialista mantiene la promessa.</translation>
    </message>
    <message>
        <source>The number was taken already; it has another one now, and the one that was told stays valid.</source>
        <translation>Il numero era già preso; ora ne ha un altro, e quello detto resta valido.</translation>
    </message>
    <message>
        <source>It is sent to the department that the ticket belongs to.</source>
        <translation>Viene inviato al reparto a cui appartiene il ticket.</translation>
    </message>
    <message>
        <source>It was not sent: you were offline too long, and the ticket went back to the queue. It is a draft for whoever has it now.</source>
        <translation>Non è stato inviato: si è rimasti offline troppo a lungo e il ticket è tornato in coda. È una bozza per chi lo ha ora.</translation>
    </message>
    <message>
        <source>Somebody else had taken it before this arrived; what you did on it is kept as a draft.</source>
        <translation>Qualcun altro lo aveva preso prima che questo arrivasse; ciò che è stato fatto resta come bozza.</translation>
    </message>
    <message>
        <source>It was not sent: somebody else has the ticket. It is kept there as a draft.</source>
        <translation>Non è stato inviato: il ticket è di qualcun altro. Lì resta come bozza.</translation>
    </message>
    <message>
        <source>It joined the ticket whose number it quotes.</source>
        <translation>Si è unito al ticket di cui cita il numero.</translation>
    </message>
    <message>
        <source>sent, no answer yet</source>
        <translation>inviato, ancora nessuna risposta</translation>
    </message>
    <message>
        <source>waits for the one that needs attention</source>
        <translation>attende ciò che richiede attenzione</translation>
    </message>
    <message>
        <source>needs attention</source>
        <translation>richiede attenzione</translation>
    </message>
    <message>
        <source>its file is still being sent</source>
        <translation>il suo file è ancora in invio</translation>
    </message>
    <message>
        <source>Filled from the phone number; ask to be sure</source>
        <translation>Compilato dal numero di telefono; chiedere per sicurezza</translation>
    </message>
    <message>
        <source>Known customer</source>
        <translation>Cliente noto</translation>
    </message>
    <message>
        <source>Perhaps known: choose at the right</source>
        <translation>Forse noto: scegliere a destra</translation>
    </message>
    <message>
        <source>New customer</source>
        <translation>Cliente nuovo</translation>
    </message>
    <message numerus="yes">
        <source>%n people may have this number</source>
        <translation>
            <numerusform>%n persona può avere questo numero</numerusform>
            <numerusform>%n persone possono avere questo numero</numerusform>
        </translation>
    </message>
    <message>
        <source>Open tickets of this customer</source>
        <translation>Ticket aperti di questo cliente</translation>
    </message>
    <message>
        <source>Same device as {number}?</source>
        <translation>Stesso apparecchio di {number}?</translation>
    </message>
    <message>
        <source>A call back is not guaranteed</source>
        <translation>La richiamata non è garantita</translation>
    </message>
    <message>
        <source>No contract and no warranty: the call is logged all the same (H-05, H-12).</source>
        <translation>Nessun contratto e nessuna garanzia: la chiamata si registra comunque (H-05, H-12).</translation>
    </message>
    <message>
        <source>If you call back: no time is promised</source>
        <translation>Con una richiamata: nessun tempo promesso</translation>
    </message>
    <message>
        <source>{amount}; rules {rules}</source>
        <translation>{amount}; regole {rules}</translation>
    </message>
    <message>
        <source>If you call back: {due}, if saved now</source>
        <translation>Con una richiamata: {due}, salvando ora</translation>
    </message>
    <message>
        <source>{company} · only alike</source>
        <translation>{company} · solo simile</translation>
    </message>
    <message>
        <source>answered in {seconds} s</source>
        <translation>risposto in {seconds} s</translation>
    </message>
    <message>
        <source>{number} · {fast}</source>
        <translation>{number} · {fast}</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Rispondi</translation>
    </message>
    <message>
        <source>Other call</source>
        <translation>Altra chiamata</translation>
    </message>
    <message>
        <source>This call was open when the program ended; go on where you left it.</source>
        <translation>Questa chiamata era aperta quando il programma è terminato; si può continuare da dove si era.</translation>
    </message>
    <message>
        <source>Sign in first.</source>
        <translation>Prima accedere.</translation>
    </message>
    <message>
        <source>The call is saved here, but cannot be shown before the server has answered.</source>
        <translation>La chiamata è salvata qui, ma si può mostrare solo dopo la risposta del server.</translation>
    </message>
    <message>
        <source>No call is open; F2 begins one.</source>
        <translation>Nessuna chiamata aperta; F2 ne inizia una.</translation>
    </message>
    <message>
        <source>The call {number} is finished and recorded.</source>
        <translation>La chiamata {number} è conclusa e registrata.</translation>
    </message>
    <message>
        <source>Open the form F2</source>
        <translation>Apri il modulo F2</translation>
    </message>
    <message>
        <source>Answer F2</source>
        <translation>Rispondi F2</translation>
    </message>
    <message>
        <source>Back to the call</source>
        <translation>Torna alla chiamata</translation>
    </message>
    <message>
        <source>New call</source>
        <translation>Nuova chiamata</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>Squilla</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>Persa</translation>
    </message>
    <message>
        <source>End call</source>
        <translation>Termina chiamata</translation>
    </message>
    <message>
        <source>On a call</source>
        <translation>In chiamata</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>Completamento</translation>
    </message>
    <message>
        <source>Finish call</source>
        <translation>Concludi chiamata</translation>
    </message>
    <message>
        <source>{number}, as “{name}”</source>
        <translation>{number}, come “{name}”</translation>
    </message>
    <message>
        <source>{names} ({number}, not verified)</source>
        <translation>{names} ({number}, non verificato)</translation>
    </message>
    <message numerus="yes">
        <source>{number} (%n possible callers)</source>
        <translation>
            <numerusform>{number} (%n possibile chiamante)</numerusform>
            <numerusform>{number} (%n possibili chiamanti)</numerusform>
        </translation>
    </message>
    <message>
        <source>Missed call: {who}</source>
        <translation>Chiamata persa: {who}</translation>
    </message>
    <message>
        <source>Answered: {who}</source>
        <translation>Risposto: {who}</translation>
    </message>
    <message>
        <source>{who} is calling</source>
        <translation>{who} sta chiamando</translation>
    </message>
    <message>
        <source>No ticket needed</source>
        <translation>Nessun ticket necessario</translation>
    </message>
    <message>
        <source>Wrong number</source>
        <translation>Numero sbagliato</translation>
    </message>
    <message>
        <source>Not entitled</source>
        <translation>Senza diritto</translation>
    </message>
    <message>
        <source>Abandoned</source>
        <translation>Riattaccato</translation>
    </message>
    <message>
        <source>Save it as a ticket</source>
        <translation>Salva come ticket</translation>
    </message>
    <message>
        <source>This call has no ticket yet. Why is none needed?</source>
        <translation>Questa chiamata non ha ancora un ticket. Perché non serve?</translation>
    </message>
    <message>
        <source>A call that was begun stays recorded with its number, whatever the answer (H-08).</source>
        <translation>Una chiamata iniziata resta registrata con il suo numero, qualunque sia la risposta (H-08).</translation>
    </message>
    <message>
        <source>Did you tell the caller the number and the class?</source>
        <translation>Numero e classe sono stati detti a chi chiama?</translation>
    </message>
    <message>
        <source>Both belong into the call itself (H-11).</source>
        <translation>Entrambi vanno detti durante la chiamata (H-11).</translation>
    </message>
    <message>
        <source>Yes, told</source>
        <translation>Sì, detti</translation>
    </message>
    <message>
        <source>No, not told</source>
        <translation>No, non detti</translation>
    </message>
    <message>
        <source>Caller not known yet</source>
        <translation>Chi chiama non è ancora noto</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>New fault</source>
        <translation>Nuovo guasto</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Classe</translation>
    </message>
    <message>
        <source>Why is there no serial number?</source>
        <translation>Perché non c’è il numero di serie?</translation>
    </message>
    <message>
        <source>Choices for {field}</source>
        <translation>Scelte per {field}</translation>
    </message>
    <message>
        <source>“{typed}” by “{known}”</source>
        <translation>“{typed}” con “{known}”</translation>
    </message>
    <message>
        <source>Replace what you typed: {parts}?</source>
        <translation>Sostituire ciò che è scritto: {parts}?</translation>
    </message>
    <message>
        <source>Keep what I typed</source>
        <translation>Tieni ciò che è scritto</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Sostituisci</translation>
    </message>
    <message>
        <source>only alike</source>
        <translation>solo simile</translation>
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
        <translation>Passa a uno specialista</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Specialists</source>
        <translation>Specialisti</translation>
    </message>
    <message>
        <source>Back to the form</source>
        <translation>Torna al modulo</translation>
    </message>
    <message>
        <source>{number}: those who know this product stand first.</source>
        <translation>{number}: chi conosce questo prodotto sta per primo.</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Salvato.</translation>
    </message>
    <message>
        <source>Told number and class</source>
        <translation>Numero e classe detti</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>Richiama</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salva</translation>
    </message>
    <message>
        <source>read it out with the class</source>
        <translation>da leggere insieme alla classe</translation>
    </message>
    <message>
        <source>{kind}, saved</source>
        <translation>{kind}, salvato</translation>
    </message>
    <message>
        <source>New: {kind}</source>
        <translation>Nuovo: {kind}</translation>
    </message>
    <message>
        <source>What it is about</source>
        <translation>Di che si tratta</translation>
    </message>
    <message>
        <source>Not on the disk yet: {reason}</source>
        <translation>Non ancora su disco: {reason}</translation>
    </message>
    <message>
        <source>Saved. The number stays the same for ever.</source>
        <translation>Salvato. Il numero resta lo stesso per sempre.</translation>
    </message>
    <message>
        <source>Put through to {name}.</source>
        <translation>Passata a {name}.</translation>
    </message>
    <message>
        <source>A specialist calls back.</source>
        <translation>Uno specialista richiama.</translation>
    </message>
    <message>
        <source>A specialist calls back: {due}. Tell the caller.</source>
        <translation>Uno specialista richiama: {due}. Dirlo a chi chiama.</translation>
    </message>
    <message>
        <source>Noted: the {role} is told.</source>
        <translation>Annotato: {role} viene avvisato.</translation>
    </message>
    <message>
        <source>Told at {time}</source>
        <translation>Detti alle {time}</translation>
    </message>
    <message>
        <source>The caller was told number and class at {time}.</source>
        <translation>Numero e classe sono stati detti alle {time}.</translation>
    </message>
    <message>
        <source>Choose a class first: number and class are told together (H-10).</source>
        <translation>Prima scegliere una classe: numero e classe si dicono insieme (H-10).</translation>
    </message>
    <message>
        <source>Choose how it goes on: put the caller through (Ctrl+1) or promise a call back (Ctrl+2) (H-13).</source>
        <translation>Scegliere come si continua: passare la chiamata (Ctrl+1) o promettere una richiamata (Ctrl+2) (H-13).</translation>
    </message>
    <message>
        <source>Saved on this computer {seconds} s ago</source>
        <translation>Salvato su questo computer {seconds} s fa</translation>
    </message>
    <message>
        <source>Saved on this computer {minutes} min ago</source>
        <translation>Salvato su questo computer {minutes} min fa</translation>
    </message>
    <message>
        <source>Call backs</source>
        <translation>Richiamate</translation>
    </message>
    <message>
        <source>No call is owed</source>
        <translation>Nessuna richiamata dovuta</translation>
    </message>
    <message>
        <source>Calls that were promised back appear here, the next one first.</source>
        <translation>Qui compaiono le richiamate promesse, la più vicina per prima.</translation>
    </message>
    <message numerus="yes">
        <source>%n call backs owed</source>
        <translation>
            <numerusform>%n richiamata dovuta</numerusform>
            <numerusform>%n richiamate dovute</numerusform>
        </translation>
    </message>
    <message>
        <source>Reached</source>
        <translation>Trovato</translation>
    </message>
    <message>
        <source>Nobody answered</source>
        <translation>Nessuno ha risposto</translation>
    </message>
    <message>
        <source>Open the ticket</source>
        <translation>Apri il ticket</translation>
    </message>
    <message>
        <source>No call is owed.</source>
        <translation>Nessuna richiamata dovuta.</translation>
    </message>
    <message>
        <source>Your call is noted. The promise runs on until a specialist has called.</source>
        <translation>La chiamata è annotata. La promessa continua finché non ha chiamato uno specialista.</translation>
    </message>
    <message>
        <source>Noted: {company} did not answer. The call stays owed until the customer was spoken to.</source>
        <translation>Annotato: {company} non ha risposto. La richiamata resta dovuta finché non si parla con il cliente.</translation>
    </message>
    <message>
        <source>The call back to {company} is noted</source>
        <translation>La richiamata a {company} è annotata</translation>
    </message>
    <message>
        <source>Search tickets, people, serial numbers</source>
        <translation>Cerca ticket, persone, seriali</translation>
    </message>
    <message>
        <source>No call</source>
        <translation>Nessuna chiamata</translation>
    </message>
    <message>
        <source>Open tickets of this caller</source>
        <translation>Ticket aperti di chi chiama</translation>
    </message>
    <message>
        <source>The customer and what is promised appear here.</source>
        <translation>Qui compaiono il cliente e ciò che è promesso.</translation>
    </message>
    <message>
        <source>{what} · {number}</source>
        <translation>{what} · {number}</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>{what}: press Ctrl+Z within ten seconds to take it back</source>
        <translation>{what}: Ctrl+Z entro dieci secondi annulla</translation>
    </message>
    <message>
        <source>Nothing can be taken back now.</source>
        <translation>Ora non c’è nulla da annullare.</translation>
    </message>
    <message>
        <source>{what} — can be taken back for {seconds} s</source>
        <translation>{what} — si può annullare ancora per {seconds} s</translation>
    </message>
    <message numerus="yes">
        <source>{what} (and %n more)</source>
        <translation>
            <numerusform>{what} (e un altro)</numerusform>
            <numerusform>{what} (e altri %n)</numerusform>
        </translation>
    </message>
    <message>
        <source>The program ended before this could be taken back; it counts as given and is sent: {what}.</source>
        <translation>Il programma è terminato prima che si potesse annullare; vale come dato e viene inviato: {what}.</translation>
    </message>
    <message>
        <source>Taken back, nothing was sent: {what}.</source>
        <translation>Annullato, nulla è stato inviato: {what}.</translation>
    </message>
    <message>
        <source>Keep the window open</source>
        <translation>Lascia aperta la finestra</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
    <message>
        <source>Stay signed in</source>
        <translation>Resta collegato</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Esci</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>Che cosa si vuole fare?</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Azioni</translation>
    </message>
    <message>
        <source>No action has these words.</source>
        <translation>Nessuna azione contiene queste parole.</translation>
    </message>
    <message>
        <source>Earlier month</source>
        <translation>Mese precedente</translation>
    </message>
    <message>
        <source>Later month</source>
        <translation>Mese successivo</translation>
    </message>
    <message>
        <source>Months as a list</source>
        <translation>Mesi in elenco</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Indietro</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Indicatori</translation>
    </message>
    <message>
        <source>As a whole</source>
        <translation>Nel complesso</translation>
    </message>
    <message>
        <source>By office</source>
        <translation>Per sede</translation>
    </message>
    <message>
        <source>By department</source>
        <translation>Per reparto</translation>
    </message>
    <message>
        <source>By member</source>
        <translation>Per persona</translation>
    </message>
    <message>
        <source>By customer</source>
        <translation>Per cliente</translation>
    </message>
    <message>
        <source>Taken apart</source>
        <translation>Suddivisi</translation>
    </message>
    <message>
        <source>Counted {time}.</source>
        <translation>Conteggio: {time}.</translation>
    </message>
    <message>
        <source>As signed off by {name}, {time}.</source>
        <translation>Come approvati da {name}, {time}.</translation>
    </message>
    <message>
        <source>{why} These are the figures as they were told last.</source>
        <translation>{why} Questi sono gli indicatori come comunicati l&apos;ultima volta.</translation>
    </message>
    <message>
        <source>Met</source>
        <translation>Rispettati</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>In corso</translation>
    </message>
    <message>
        <source>Not measurable</source>
        <translation>Non misurabili</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Esclusi</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>Contati</translation>
    </message>
    <message>
        <source>Target {percent} %</source>
        <translation>Obiettivo {percent} %</translation>
    </message>
    <message>
        <source>Back to the queue</source>
        <translation>Torna alla coda</translation>
    </message>
    <message>
        <source>due {time}</source>
        <translation>scade {time}</translation>
    </message>
    <message>
        <source>{due} {office} time</source>
        <translation>{due} ora di {office}</translation>
    </message>
    <message>
        <source>no company</source>
        <translation>nessuna azienda</translation>
    </message>
    <message>
        <source>Waiting for customer</source>
        <translation>In attesa del cliente</translation>
    </message>
    <message>
        <source>Received {time}</source>
        <translation>Ricevuto {time}</translation>
    </message>
    <message>
        <source>what is due first</source>
        <translation>ciò che scade prima</translation>
    </message>
    <message>
        <source>then what came in first</source>
        <translation>poi ciò che è arrivato prima</translation>
    </message>
    <message>
        <source>then the lower number</source>
        <translation>poi il numero più basso</translation>
    </message>
    <message>
        <source>The order is mandated: {keys}. Work starts with Take next; the list itself opens read-only.</source>
        <translation>L’ordine è prescritto: {keys}. Il lavoro comincia con “Prendi il prossimo”; dall’elenco si apre solo in lettura.</translation>
    </message>
    <message>
        <source>In hand</source>
        <translation>In mano</translation>
    </message>
    <message>
        <source>Show all tickets</source>
        <translation>Mostra tutti i ticket</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Coda</translation>
    </message>
    <message>
        <source>Nobody is signed in</source>
        <translation>Nessuno è collegato</translation>
    </message>
    <message>
        <source>Sign in, and the queue of your department appears here.</source>
        <translation>Accedere, e qui compare la coda del proprio reparto.</translation>
    </message>
    <message>
        <source>All departments</source>
        <translation>Tutti i reparti</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Mostra tutti</translation>
    </message>
    <message numerus="yes">
        <source>%n in hand</source>
        <translation>
            <numerusform>%n in mano</numerusform>
            <numerusform>%n in mano</numerusform>
        </translation>
    </message>
    <message>
        <source>Fetching the desk&apos;s data</source>
        <translation>Si scaricano i dati del desk</translation>
    </message>
    <message>
        <source>The queue shows only what you hold. Take the next ticket, or show all again.</source>
        <translation>L’elenco mostra solo ciò che si ha in mano. Prendere il prossimo ticket o mostrarli di nuovo tutti.</translation>
    </message>
    <message>
        <source>You hold no ticket</source>
        <translation>Nessun ticket in mano</translation>
    </message>
    <message>
        <source>Nothing waits</source>
        <translation>Nulla in attesa</translation>
    </message>
    <message>
        <source>New tickets appear here by themselves.</source>
        <translation>I nuovi ticket compaiono qui da soli.</translation>
    </message>
    <message>
        <source>This is the last ticket of the queue.</source>
        <translation>Questo è l’ultimo ticket della coda.</translation>
    </message>
    <message>
        <source>This is the first ticket of the queue.</source>
        <translation>Questo è il primo ticket della coda.</translation>
    </message>
    <message>
        <source>The server is being asked for the next ticket.</source>
        <translation>Si chiede al server il prossimo ticket.</translation>
    </message>
    <message>
        <source>Asking the server for the next ticket…</source>
        <translation>Si chiede al server il prossimo ticket…</translation>
    </message>
    <message>
        <source>{done} of {total} rows are here</source>
        <translation>{done} righe su {total} sono qui</translation>
    </message>
    <message>
        <source>The clock is paused</source>
        <translation>L’orologio è in pausa</translation>
    </message>
    <message>
        <source>The promise was kept</source>
        <translation>La promessa è stata mantenuta</translation>
    </message>
    <message>
        <source>A contract rules instead; the promise does not apply</source>
        <translation>Vale invece un contratto; la promessa non vale</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>finita</translation>
    </message>
    <message>
        <source>The promise ended with the help that was refused</source>
        <translation>La promessa è finita con l’aiuto che è stato negato</translation>
    </message>
    <message>
        <source>{opens}, then {left}</source>
        <translation>{opens}, poi {left}</translation>
    </message>
    <message>
        <source>under 1 min left</source>
        <translation>meno di 1 min</translation>
    </message>
    <message>
        <source>{minutes} min left</source>
        <translation>ancora {minutes} min</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>ancora {time}</translation>
    </message>
    <message>
        <source>late now</source>
        <translation>ora in ritardo</translation>
    </message>
    <message numerus="yes">
        <source>late %n days</source>
        <translation>
            <numerusform>%n giorno di ritardo</numerusform>
            <numerusform>%n giorni di ritardo</numerusform>
        </translation>
    </message>
    <message>
        <source>late {time}</source>
        <translation>{time} di ritardo</translation>
    </message>
    <message>
        <source>opens {time}</source>
        <translation>apre {time}</translation>
    </message>
    <message>
        <source>This ticket is gone</source>
        <translation>Questo ticket non c’è più</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n in attesa</numerusform>
            <numerusform>%n in attesa</numerusform>
        </translation>
    </message>
    <message>
        <source>Waiting tickets</source>
        <translation>Ticket in attesa</translation>
    </message>
    <message>
        <source>Answer in writing</source>
        <translation>Risposta scritta</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Invia</translation>
    </message>
    <message>
        <source>To {person}</source>
        <translation>A {person}</translation>
    </message>
    <message>
        <source>First words</source>
        <translation>Prime parole</translation>
    </message>
    <message>
        <source>Last words</source>
        <translation>Ultime parole</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Che cos’è</translation>
    </message>
    <message>
        <source>Text block</source>
        <translation>Blocco di testo</translation>
    </message>
    <message>
        <source>The ticket says already all that is usually asked.</source>
        <translation>Il ticket dice già tutto ciò che di solito si chiede.</translation>
    </message>
    <message>
        <source>Copy to {addresses}</source>
        <translation>Copia a {addresses}</translation>
    </message>
    <message>
        <source>You ask:
{questions}</source>
        <translation>Domande:
{questions}</translation>
    </message>
    <message>
        <source>As the customer will see it</source>
        <translation>Come lo vedrà il cliente</translation>
    </message>
    <message>
        <source>Not as it stands: {reason}</source>
        <translation>Così com’è no: {reason}</translation>
    </message>
    <message>
        <source>No mail is sent of it by the policy of this desk; it is kept with the ticket.</source>
        <translation>Per le regole di questo desk non ne parte un’e-mail; resta nel ticket.</translation>
    </message>
    <message>
        <source>From {address}</source>
        <translation>Da {address}</translation>
    </message>
    <message>
        <source>To {address}</source>
        <translation>A {address}</translation>
    </message>
    <message>
        <source>Subject: {subject}</source>
        <translation>Oggetto: {subject}</translation>
    </message>
    <message>
        <source>There is no e-mail address: nobody gets this by mail. Ask for one, or tell the customer.</source>
        <translation>Manca l’indirizzo e-mail: nessuno lo riceve per e-mail. Chiederlo, o dirlo al cliente.</translation>
    </message>
    <message>
        <source>Progress update</source>
        <translation>Aggiornamento</translation>
    </message>
    <message>
        <source>Full answer</source>
        <translation>Risposta completa</translation>
    </message>
    <message>
        <source>Offer</source>
        <translation>Offerta</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Anteprima</translation>
    </message>
    <message>
        <source>Go on writing</source>
        <translation>Continua a scrivere</translation>
    </message>
    <message>
        <source>Unsent work</source>
        <translation>Lavoro non inviato</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Impostazioni</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Chiudi la finestra</translation>
    </message>
    <message>
        <source>Nobody is signed in.</source>
        <translation>Nessuno è collegato.</translation>
    </message>
    <message>
        <source>The figures are for supervisors and managers.</source>
        <translation>Gli indicatori sono per supervisori e responsabili.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fatto</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>Non collegato</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>Si chiede al server…</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Cerca</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Che cosa è stato trovato</translation>
    </message>
    <message>
        <source>Search: {words}</source>
        <translation>Ricerca: {words}</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Svuota la ricerca</translation>
    </message>
    <message>
        <source>This computer does not know the number; the server is being asked…</source>
        <translation>Questo computer non conosce il numero; si chiede al server…</translation>
    </message>
    <message>
        <source>Belongs to {department}</source>
        <translation>Appartiene a {department}</translation>
    </message>
    <message>
        <source>{number}  {company}</source>
        <translation>{number}  {company}</translation>
    </message>
    <message>
        <source>{company} has no open ticket in your departments.</source>
        <translation>{company} non ha ticket aperti nei propri reparti.</translation>
    </message>
    <message>
        <source>Open tickets of {company}</source>
        <translation>Ticket aperti di {company}</translation>
    </message>
    <message>
        <source>waits for the customer</source>
        <translation>attende il cliente</translation>
    </message>
    <message>
        <source>resolved</source>
        <translation>risolto</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>chiuso</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Cliente</translation>
    </message>
    <message>
        <source>Nothing was found; every word that you type must begin a word of the ticket or the customer.</source>
        <translation>Nulla trovato; ogni parola scritta deve essere l’inizio di una parola del ticket o del cliente.</translation>
    </message>
    <message numerus="yes">
        <source>The first %n; type more to find less. Down and Enter open</source>
        <translation>
            <numerusform>Il primo; scrivere di più per trovare meno. Giù e Invio aprono</numerusform>
            <numerusform>I primi %n; scrivere di più per trovare meno. Giù e Invio aprono</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n found; Down and Enter open</source>
        <translation>
            <numerusform>%n trovato; Giù e Invio aprono</numerusform>
            <numerusform>%n trovati; Giù e Invio aprono</numerusform>
        </translation>
    </message>
    <message>
        <source>The program could not do this because of a fault of its own. What you typed is still here; try again.</source>
        <translation>Il programma non ha potuto farlo per un errore proprio. Ciò che è scritto è ancora qui; riprovare.</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Colori</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Come il sistema</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Lingua</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Chiaro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Scuro</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Contrasto elevato</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Movimento</translation>
    </message>
    <message>
        <source>Short fades</source>
        <translation>Brevi dissolvenze</translation>
    </message>
    <message>
        <source>None at all</source>
        <translation>Nessuno</translation>
    </message>
    <message>
        <source>Command that dials</source>
        <translation>Comando che compone</translation>
    </message>
    <message>
        <source>A program and what it needs; {number} stands for the number. It is started without a shell.</source>
        <translation>Un programma e ciò che gli serve; {number} sta per il numero. Si avvia senza shell.</translation>
    </message>
    <message>
        <source>These settings are kept on this computer and apply at once.</source>
        <translation>Queste impostazioni restano su questo computer e valgono subito.</translation>
    </message>
    <message>
        <source>Opening your files…</source>
        <translation>Si aprono i propri file…</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Accesso in corso…</translation>
    </message>
    <message>
        <source>Type the address of your server, as in https://desk.example.org.</source>
        <translation>Scrivere l’indirizzo del proprio server, per esempio https://desk.example.org.</translation>
    </message>
    <message>
        <source>Type your user name.</source>
        <translation>Scrivere il proprio nome utente.</translation>
    </message>
    <message>
        <source>Type your password.</source>
        <translation>Scrivere la propria password.</translation>
    </message>
    <message>
        <source>Type the passphrase.</source>
        <translation>Scrivere la passphrase.</translation>
    </message>
    <message>
        <source>Choose a passphrase of at least {count} characters.</source>
        <translation>Scegliere una passphrase di almeno {count} caratteri.</translation>
    </message>
    <message>
        <source>The two passphrases differ; type the same one twice.</source>
        <translation>Le due passphrase sono diverse; scrivere due volte la stessa.</translation>
    </message>
    <message numerus="yes">
        <source>%n unsent items stay sealed on this computer</source>
        <translation>
            <numerusform>%n elemento non inviato resta sigillato su questo computer</numerusform>
            <numerusform>%n elementi non inviati restano sigillati su questo computer</numerusform>
        </translation>
    </message>
    <message>
        <source>You are signed out. {kept} until you sign in here again.</source>
        <translation>Disconnesso. {kept} fino al prossimo accesso da qui.</translation>
    </message>
    <message>
        <source>You are signed out. Nothing of your work was left unsent.</source>
        <translation>Disconnesso. Nulla del proprio lavoro è rimasto da inviare.</translation>
    </message>
    <message>
        <source>The server cannot be reached: check the address and the network, then sign in again.</source>
        <translation>Il server non è raggiungibile: controllare indirizzo e rete, poi accedere di nuovo.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Accedi</translation>
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
        <translation>Nome utente</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>Passphrase of this computer&apos;s files</source>
        <translation>Passphrase dei file di questo computer</translation>
    </message>
    <message>
        <source>The same passphrase again</source>
        <translation>Di nuovo la stessa passphrase</translation>
    </message>
    <message>
        <source>With the name and the password that your administrator gave you.</source>
        <translation>Con il nome e la password ricevuti dall’amministratore.</translation>
    </message>
    <message>
        <source>Open the files of {user}</source>
        <translation>Apri i file di {user}</translation>
    </message>
    <message>
        <source>Open your files</source>
        <translation>Apri i propri file</translation>
    </message>
    <message>
        <source>This computer has no usable keyring, so the passphrase is asked for at each start.</source>
        <translation>Questo computer non ha un portachiavi utilizzabile, perciò la passphrase si chiede a ogni avvio.</translation>
    </message>
    <message>
        <source>Choose a passphrase for this computer&apos;s files</source>
        <translation>Scegliere una passphrase per i file di questo computer</translation>
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
        <translation>Invia di nuovo</translation>
    </message>
    <message>
        <source>Edit and send again</source>
        <translation>Modifica e invia di nuovo</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Scarta</translation>
    </message>
    <message>
        <source>Discard it for good</source>
        <translation>Scarta per sempre</translation>
    </message>
    <message>
        <source>given {time}</source>
        <translation>dato {time}</translation>
    </message>
    <message>
        <source>The server says: {sentence}</source>
        <translation>Il server dice: {sentence}</translation>
    </message>
    <message>
        <source>Given again; it is sent with the next sync.</source>
        <translation>Dato di nuovo; parte con la prossima sincronizzazione.</translation>
    </message>
    <message>
        <source>There is nothing to edit in this; send it again or discard it.</source>
        <translation>Qui non c’è nulla da modificare; inviarlo di nuovo o scartarlo.</translation>
    </message>
    <message>
        <source>“{what}” would never be sent; it stays in this computer&apos;s journal only.</source>
        <translation>“{what}” non verrebbe mai inviato; resta solo nel diario di questo computer.</translation>
    </message>
    <message>
        <source>Discarded.</source>
        <translation>Scartato.</translation>
    </message>
    <message numerus="yes">
        <source>The server refused %n items; they need you.</source>
        <translation>
            <numerusform>Il server ha rifiutato %n elemento; serve un intervento.</numerusform>
            <numerusform>Il server ha rifiutato %n elementi; serve un intervento.</numerusform>
        </translation>
    </message>
    <message>
        <source>{saved}; it is sent by itself when the server can be reached.</source>
        <translation>{saved}; parte da sé appena il server è raggiungibile.</translation>
    </message>
    <message>
        <source>Everything is sent.</source>
        <translation>Tutto è inviato.</translation>
    </message>
    <message>
        <source>Text blocks</source>
        <translation>Blocchi di testo</translation>
    </message>
    <message>
        <source>Prefix</source>
        <translation>Prefisso</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Testo</translation>
    </message>
    <message>
        <source>In a reply type {sign} and the prefix, then Tab. {names} and the like are filled in from the ticket; what stays in braces has to be filled in by hand before the reply is sent.</source>
        <translation>In una risposta scrivere {sign} e il prefisso, poi Tab. {names} e simili si compilano dal ticket; ciò che resta tra parentesi va compilato a mano prima di inviare la risposta.</translation>
    </message>
    <message>
        <source>Save the text block</source>
        <translation>Salva il blocco di testo</translation>
    </message>
    <message>
        <source>New text block</source>
        <translation>Nuovo blocco di testo</translation>
    </message>
    <message>
        <source>Delete the text block</source>
        <translation>Elimina il blocco di testo</translation>
    </message>
    <message>
        <source>Put it back</source>
        <translation>Ripristina</translation>
    </message>
    <message>
        <source>{title} (your own)</source>
        <translation>{title} (proprio)</translation>
    </message>
    <message>
        <source>It comes with the program. Save one of your own with this prefix, and it takes its place.</source>
        <translation>Viene con il programma. Salvandone uno proprio con questo prefisso, ne prende il posto.</translation>
    </message>
    <message>
        <source>Nothing is selected.</source>
        <translation>Nulla è selezionato.</translation>
    </message>
    <message>
        <source>“{prefix}” is kept.</source>
        <translation>“{prefix}” è salvato.</translation>
    </message>
    <message>
        <source>“{prefix}” is deleted.</source>
        <translation>“{prefix}” è eliminato.</translation>
    </message>
    <message>
        <source>{field}, as given here: {text}</source>
        <translation>{field}, come dato qui: {text}</translation>
    </message>
    <message>
        <source>{field}, as it stands there: {text}</source>
        <translation>{field}, com’è lì: {text}</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>Solution</source>
        <translation>Soluzione</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Riassunto</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Domanda</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Osservazione</translation>
    </message>
    <message>
        <source>Why there is no serial number</source>
        <translation>Perché manca il numero di serie</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titolo</translation>
    </message>
    <message numerus="yes">
        <source>%n items need your attention (F7)</source>
        <translation>
            <numerusform>%n elemento richiede attenzione (F7)</numerusform>
            <numerusform>%n elementi richiedono attenzione (F7)</numerusform>
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
        <translation>Offline dalle {time}</translation>
    </message>
    <message>
        <source>{offline} — {saved}, sent when the network is back</source>
        <translation>{offline} — {saved}, partirà al ritorno della rete</translation>
    </message>
    <message>
        <source>Fetching the desk&apos;s data: {percent} %</source>
        <translation>Si scaricano i dati del desk: {percent} %</translation>
    </message>
    <message>
        <source>Connecting — {saved}</source>
        <translation>Connessione — {saved}</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Connessione…</translation>
    </message>
    <message>
        <source>Online — {saved}, being sent</source>
        <translation>Online — {saved}, in invio</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>Online</translation>
    </message>
    <message>
        <source>Online · everything is sent · last news {time}</source>
        <translation>Online · tutto è inviato · ultime novità {time}</translation>
    </message>
    <message numerus="yes">
        <source>%n calls saved here</source>
        <translation>
            <numerusform>%n chiamata salvata qui</numerusform>
            <numerusform>%n chiamate salvate qui</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes saved here</source>
        <translation>
            <numerusform>%n modifica salvata qui</numerusform>
            <numerusform>%n modifiche salvate qui</numerusform>
        </translation>
    </message>
    <message>
        <source>It stays on this computer and is sent the next time the program runs and the server can be reached.</source>
        <translation>Resta su questo computer e parte la prossima volta che il programma è aperto e il server è raggiungibile.</translation>
    </message>
    <message>
        <source>If you sign out, the desk&apos;s data is removed from this computer; signing in fetches it again.</source>
        <translation>Uscendo, i dati del desk vengono tolti da questo computer; accedendo si scaricano di nuovo.</translation>
    </message>
    <message>
        <source>Everything of yours is sent.</source>
        <translation>Tutto il proprio lavoro è inviato.</translation>
    </message>
    <message>
        <source>If you sign out, it stays sealed on this computer and is sent when you sign in here again.</source>
        <translation>Uscendo, resta sigillato su questo computer e parte al prossimo accesso da qui.</translation>
    </message>
    <message>
        <source>{sealed} Nobody else can read it.</source>
        <translation>{sealed} Nessun altro può leggerlo.</translation>
    </message>
    <message>
        <source>{saved} and not sent yet.</source>
        <translation>{saved}, non ancora inviato.</translation>
    </message>
    <message>
        <source>The clock of this computer is {minutes} min ahead. The times shown are corrected.</source>
        <translation>L’orologio di questo computer è avanti di {minutes} min. Gli orari mostrati sono corretti.</translation>
    </message>
    <message>
        <source>The clock of this computer is {minutes} min behind. The times shown are corrected.</source>
        <translation>L’orologio di questo computer è indietro di {minutes} min. Gli orari mostrati sono corretti.</translation>
    </message>
    <message>
        <source>Dial</source>
        <translation>Componi</translation>
    </message>
    <message>
        <source>A link asks you to call {number}.</source>
        <translation>Un link chiede di chiamare {number}.</translation>
    </message>
    <message>
        <source>There is no number here; open a ticket, a call, or the list of call backs.</source>
        <translation>Qui non c’è un numero; aprire un ticket, una chiamata o l’elenco delle richiamate.</translation>
    </message>
    <message>
        <source>Say in the settings which command dials.</source>
        <translation>Indicare nelle impostazioni quale comando compone.</translation>
    </message>
    <message>
        <source>Dialling {number}…</source>
        <translation>Si compone {number}…</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Rispondi</translation>
    </message>
    <message>
        <source>Ask for details</source>
        <translation>Chiedi dettagli</translation>
    </message>
    <message>
        <source>Ask the customer for more</source>
        <translation>Chiedere di più al cliente</translation>
    </message>
    <message>
        <source>What is missing, and why</source>
        <translation>Che cosa manca, e perché</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Chiedi</translation>
    </message>
    <message>
        <source>The question is noted; no promise is put off by it.</source>
        <translation>La domanda viene annotata; nessuna promessa slitta per questo.</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>Attendi</translation>
    </message>
    <message>
        <source>Wait for the customer</source>
        <translation>Attendere il cliente</translation>
    </message>
    <message>
        <source>What is awaited</source>
        <translation>Che cosa si attende</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Ha risposto</translation>
    </message>
    <message>
        <source>What they said</source>
        <translation>Che cosa ha detto</translation>
    </message>
    <message>
        <source>Go on with it</source>
        <translation>Riprendi</translation>
    </message>
    <message>
        <source>Note for colleagues</source>
        <translation>Nota per i colleghi</translation>
    </message>
    <message>
        <source>Save the note</source>
        <translation>Salva la nota</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Solve</source>
        <translation>Risolvi</translation>
    </message>
    <message>
        <source>What solved it</source>
        <translation>Che cosa lo ha risolto</translation>
    </message>
    <message>
        <source>Mark as solved</source>
        <translation>Segna come risolto</translation>
    </message>
    <message>
        <source>Close the ticket</source>
        <translation>Chiudi il ticket</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>Riapri</translation>
    </message>
    <message>
        <source>Reopen the ticket</source>
        <translation>Riaprire il ticket</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Perché</translation>
    </message>
    <message>
        <source>Hand over to a colleague</source>
        <translation>Consegnare a un collega</translation>
    </message>
    <message>
        <source>Colleague</source>
        <translation>Collega</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Consegna</translation>
    </message>
    <message>
        <source>What they should know</source>
        <translation>Che cosa dovrebbe sapere</translation>
    </message>
    <message>
        <source>Type the name of a colleague.</source>
        <translation>Scrivere il nome di un collega.</translation>
    </message>
    <message>
        <source>Type the name of a department.</source>
        <translation>Scrivere il nome di un reparto.</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>Trasferisci</translation>
    </message>
    <message>
        <source>Transfer to another department</source>
        <translation>Trasferire a un altro reparto</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>Reparto</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>Rimetti in coda</translation>
    </message>
    <message>
        <source>Give back to the queue</source>
        <translation>Rimettere in coda</translation>
    </message>
    <message>
        <source>What it is about (need not be said)</source>
        <translation>Di che si tratta (non è obbligatorio dirlo)</translation>
    </message>
    <message>
        <source>Tell the {role}</source>
        <translation>Avvisa {role}</translation>
    </message>
    <message>
        <source>kept on this computer {time}</source>
        <translation>conservato su questo computer {time}</translation>
    </message>
    <message>
        <source>Time spent</source>
        <translation>Tempo impiegato</translation>
    </message>
    <message>
        <source>Save the time</source>
        <translation>Salva il tempo</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Minuti</translation>
    </message>
    <message>
        <source>On what</source>
        <translation>Per che cosa</translation>
    </message>
    <message>
        <source>Call back {name}</source>
        <translation>Richiamare {name}</translation>
    </message>
    <message>
        <source>Nobody answering counts as a call back too; it is noted apart.</source>
        <translation>Anche se nessuno risponde vale come richiamata; si annota a parte.</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Altro</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>Meno</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Perché?</translation>
    </message>
    <message>
        <source>Ticket {number}: {title}</source>
        <translation>Ticket {number}: {title}</translation>
    </message>
    <message>
        <source>Other open tickets of this customer</source>
        <translation>Altri ticket aperti di questo cliente</translation>
    </message>
    <message>
        <source>Received {when}, {place} time, {channel}</source>
        <translation>Ricevuto {when}, ora di {place}, {channel}</translation>
    </message>
    <message>
        <source>{minutes} min spent</source>
        <translation>{minutes} min impiegati</translation>
    </message>
    <message>
        <source>also known as {number}</source>
        <translation>noto anche come {number}</translation>
    </message>
    <message>
        <source>Received {when}</source>
        <translation>Ricevuto {when}</translation>
    </message>
    <message>
        <source>saved here, not sent yet</source>
        <translation>salvato qui, non ancora inviato</translation>
    </message>
    <message>
        <source>imported from {source}</source>
        <translation>importato da {source}</translation>
    </message>
    <message>
        <source>was yours until {when}, offline</source>
        <translation>era riservato fino a {when}, offline</translation>
    </message>
    <message>
        <source>yours until {when}, offline</source>
        <translation>riservato fino a {when}, offline</translation>
    </message>
    <message>
        <source>{action} (begun)</source>
        <translation>{action} (iniziata)</translation>
    </message>
    <message>
        <source>Saved here; the server decides as soon as it can be reached.</source>
        <translation>Salvato qui; il server decide appena è raggiungibile.</translation>
    </message>
    <message>
        <source>Saved. {hints}</source>
        <translation>Salvato. {hints}</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Salvato</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Salvataggio…</translation>
    </message>
    <message>
        <source>Send {department} a note</source>
        <translation>Nota a {department}</translation>
    </message>
    <message>
        <source>Send the note</source>
        <translation>Invia la nota</translation>
    </message>
    <message>
        <source>Say who called and what it is about; they see it in the history of the ticket.</source>
        <translation>Dire chi ha chiamato e di che si tratta; lì si vede nella cronologia del ticket.</translation>
    </message>
    <message>
        <source>Ticket of another department</source>
        <translation>Ticket di un altro reparto</translation>
    </message>
    <message>
        <source>It belongs to {department}</source>
        <translation>Appartiene a {department}</translation>
    </message>
    <message>
        <source>What it is about can be read there only; you can send them a note.</source>
        <translation>Di che si tratta si può leggere solo lì; si può inviare una nota.</translation>
    </message>
    <message>
        <source>Nobody holds it at the moment.</source>
        <translation>Al momento nessuno lo ha in mano.</translation>
    </message>
    <message>
        <source>Held by a colleague in {department}.</source>
        <translation>In mano a un collega di {department}.</translation>
    </message>
    <message>
        <source>The note is saved here; {department} gets it as soon as the server has it.</source>
        <translation>La nota è salvata qui; {department} la riceve appena il server la ha.</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Cronologia</translation>
    </message>
    <message>
        <source>Show earlier steps</source>
        <translation>Mostra i passi precedenti</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Salva come…</translation>
    </message>
    <message>
        <source>Save {name} as…</source>
        <translation>Salva {name} come…</translation>
    </message>
    <message>
        <source>{place} time ({zone}), {calendar}</source>
        <translation>Ora di {place} ({zone}), {calendar}</translation>
    </message>
    <message>
        <source>Why this deadline?</source>
        <translation>Perché questa scadenza?</translation>
    </message>
    <message>
        <source>Put this message away</source>
        <translation>Togli questo messaggio</translation>
    </message>
    <message>
        <source>Not possible now: {reason}</source>
        <translation>Ora non si può: {reason}</translation>
    </message>
    <message numerus="yes">
        <source>%n choices, press Down</source>
        <translation>
            <numerusform>%n scelta, premere Giù</numerusform>
            <numerusform>%n scelte, premere Giù</numerusform>
        </translation>
    </message>
    <message>
        <source>Needed</source>
        <translation>Necessario</translation>
    </message>
    <message>
        <source>Optional</source>
        <translation>Facoltativo</translation>
    </message>
    <message>
        <source>{field} (optional)</source>
        <translation>{field} (facoltativo)</translation>
    </message>
    <message>
        <source>This text is too long for a field: at most {most} characters fit. Paste a part of it.</source>
        <translation>Questo testo è troppo lungo per un campo: ci stanno al massimo {most} caratteri. Incollarne una parte.</translation>
    </message>
    <message>
        <source>With its hidden characters: {text}</source>
        <translation>Con i caratteri nascosti: {text}</translation>
    </message>
    <message>
        <source>Desk Client</source>
        <translation>Desk Client</translation>
    </message>
    <message>
        <source>zero</source>
        <translation>zero</translation>
    </message>
    <message>
        <source>one</source>
        <translation>uno</translation>
    </message>
    <message>
        <source>two</source>
        <translation>due</translation>
    </message>
    <message>
        <source>three</source>
        <translation>tre</translation>
    </message>
    <message>
        <source>four</source>
        <translation>quattro</translation>
    </message>
    <message>
        <source>five</source>
        <translation>cinque</translation>
    </message>
    <message>
        <source>six</source>
        <translation>sei</translation>
    </message>
    <message>
        <source>seven</source>
        <translation>sette</translation>
    </message>
    <message>
        <source>eight</source>
        <translation>otto</translation>
    </message>
    <message>
        <source>nine</source>
        <translation>nove</translation>
    </message>
    <message>
        <source>{digits} — {advice}</source>
        <translation>{digits} — {advice}</translation>
    </message>
    <message>
        <source>{group}: {choice}, chosen</source>
        <translation>{group}: {choice}, scelto</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Scorciatoie</translation>
    </message>
    <message>
        <source>In lists and texts</source>
        <translation>Negli elenchi e nei testi</translation>
    </message>
    <message>
        <source>All actions are also found by name: Ctrl Shift P</source>
        <translation>Tutte le azioni si trovano anche per nome: Ctrl Maiusc P</translation>
    </message>
    <message>
        <source> or </source>
        <translation> o </translation>
    </message>
    <message>
        <source>Open the selected line</source>
        <translation>Apri la riga scelta</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Invio</translation>
    </message>
    <message>
        <source>Find a line by its first letters</source>
        <translation>Trova una riga dalle prime lettere</translation>
    </message>
    <message>
        <source>type them</source>
        <translation>scriverle</translation>
    </message>
    <message>
        <source>Copy the line</source>
        <translation>Copia la riga</translation>
    </message>
    <message>
        <source>Go into what is offered below a field</source>
        <translation>Vai nelle proposte sotto un campo</translation>
    </message>
    <message>
        <source>Down, then Enter</source>
        <translation>Giù, poi Invio</translation>
    </message>
    <message>
        <source>Close the topmost layer, keep what is typed</source>
        <translation>Chiudi lo strato in alto, tieni ciò che è scritto</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Next field, field before</source>
        <translation>Campo seguente, campo precedente</translation>
    </message>
    <message>
        <source>Tab, Shift Tab</source>
        <translation>Tab, Maiusc Tab</translation>
    </message>
    <message>
        <source>Why this order?</source>
        <translation>Perché quest’ordine?</translation>
    </message>
    <message>
        <source>Go to the queue</source>
        <translation>Vai alla coda</translation>
    </message>
    <message>
        <source>Next ticket</source>
        <translation>Ticket seguente</translation>
    </message>
    <message>
        <source>Previous ticket</source>
        <translation>Ticket precedente</translation>
    </message>
    <message>
        <source>Customer and promise</source>
        <translation>Cliente e promessa</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>Sincronizza ora</translation>
    </message>
    <message>
        <source>All actions</source>
        <translation>Tutte le azioni</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Ovunque</translation>
    </message>
    <message>
        <source>What is open now</source>
        <translation>Ciò che è aperto ora</translation>
    </message>
    <message>
        <source>{when} {year}, {place} time ({utc} UTC)</source>
        <translation>{when} {year}, ora di {place} ({utc} UTC)</translation>
    </message>
    <message>
        <source>Your call is noted, but the promise runs on: only a call by a {role} keeps it ({rules}).</source>
        <translation>La chiamata si annota, ma la promessa continua: la mantiene solo la chiamata di {role} ({rules}).</translation>
    </message>
    <message>
        <source>agent</source>
        <translation>operatore</translation>
    </message>
    <message>
        <source>supervisor</source>
        <translation>supervisore</translation>
    </message>
    <message>
        <source>manager</source>
        <translation>responsabile</translation>
    </message>
    <message>
        <source>administrator</source>
        <translation>amministratore</translation>
    </message>
    <message>
        <source>Nothing is open</source>
        <translation>Nulla è aperto</translation>
    </message>
    <message>
        <source>Take the next ticket, or answer the phone.</source>
        <translation>Prendere il prossimo ticket o rispondere al telefono.</translation>
    </message>
    <message>
        <source>1 calendar day to {day}</source>
        <translation>1 giorno di calendario fino a {day}</translation>
    </message>
    <message>
        <source>A call rings, is answered or is ended.</source>
        <translation>Una chiamata squilla, ha risposta o è terminata.</translation>
    </message>
    <message>
        <source>A complaint by {channel} is offered the form; a supervisor may accept it as it is.</source>
        <translation>Per un reclamo {channel} si offre il modulo; un supervisore può accettarlo così com’è.</translation>
    </message>
    <message>
        <source>A customer need not know these words; say it plainly: {words} (K-08).</source>
        <translation>Un cliente non è tenuto a conoscere queste parole; dirlo in modo semplice: {words} (K-08).</translation>
    </message>
    <message>
        <source>A deskclient: link says ringing, answered, ended or call-start.</source>
        <translation>Un link deskclient: dice ringing, answered, ended o call-start.</translation>
    </message>
    <message>
        <source>A guide that goes with it is out of date; look whether it still holds (A-20).</source>
        <translation>Una guida collegata è superata; controllare se vale ancora (A-20).</translation>
    </message>
    <message>
        <source>A local file is damaged; start the program again, so that it can mend it.</source>
        <translation>Un file locale è danneggiato; riavviare il programma, che lo ripara.</translation>
    </message>
    <message>
        <source>A member needs a {field}; the text is empty.</source>
        <translation>A un membro serve {field}; il testo è vuoto.</translation>
    </message>
    <message>
        <source>A page of the file does not carry its seal.</source>
        <translation>Una pagina del file non porta il suo sigillo.</translation>
    </message>
    <message>
        <source>A party has probably not understood the scope: a supervisor must decide first (E-27).</source>
        <translation>Una parte probabilmente non ha capito l’ambito: prima deve decidere un supervisore (E-27).</translation>
    </message>
    <message>
        <source>A prefix is one word of letters and digits, without the semicolon.</source>
        <translation>Un prefisso è una parola di lettere e cifre, senza il punto e virgola.</translation>
    </message>
    <message>
        <source>A quotation mark is missing in the dial command of the settings.</source>
        <translation>Nel comando che compone, nelle impostazioni, manca una virgoletta.</translation>
    </message>
    <message>
        <source>A sentence has more than {limit} words; shorter ones are easier to read (A-29).</source>
        <translation>Una frase ha più di {limit} parole; frasi più brevi si leggono meglio (A-29).</translation>
    </message>
    <message>
        <source>Agree with the customer until when it is done (A-24).</source>
        <translation>Concordare con il cliente entro quando è fatto (A-24).</translation>
    </message>
    <message>
        <source>An absence ends after it begins.</source>
        <translation>Un’assenza finisce dopo l’inizio.</translation>
    </message>
    <message>
        <source>An action plan must be agreed by {role} first (A-45).</source>
        <translation>Prima {role} deve concordare un piano d’azione (A-45).</translation>
    </message>
    <message>
        <source>An earlier issue of the same customer comes first: {reference}.</source>
        <translation>Una questione precedente dello stesso cliente viene prima: {reference}.</translation>
    </message>
    <message>
        <source>Another program keeps the file locked, so this was not saved; save again in a moment.</source>
        <translation>Un altro programma tiene bloccato il file, perciò non è stato salvato; salvare di nuovo tra un momento.</translation>
    </message>
    <message>
        <source>Answer the customer in writing before this.</source>
        <translation>Prima rispondere per iscritto al cliente.</translation>
    </message>
    <message>
        <source>Apr</source>
        <translation>apr</translation>
    </message>
    <message>
        <source>Ask for a number that can be called back; “{value}” is none (H-18).</source>
        <translation>Chiedere un numero che si possa richiamare; “{value}” non lo è (H-18).</translation>
    </message>
    <message>
        <source>Ask for the caller&apos;s name; a fault cannot be saved without it (H-16).</source>
        <translation>Chiedere il nome di chi chiama; senza non si può salvare un guasto (H-16).</translation>
    </message>
    <message>
        <source>Ask for the company; a fault cannot be saved without it (H-17).</source>
        <translation>Chiedere l’azienda; senza non si può salvare un guasto (H-17).</translation>
    </message>
    <message>
        <source>Ask for the customer&apos;s e-mail address, or say why there is none (A-53).</source>
        <translation>Chiedere l’indirizzo e-mail del cliente, o dire perché non c’è (A-53).</translation>
    </message>
    <message>
        <source>Ask for the phone number; a fault cannot be saved without it (H-18).</source>
        <translation>Chiedere il numero di telefono; senza non si può salvare un guasto (H-18).</translation>
    </message>
    <message>
        <source>Ask for the product; a fault cannot be saved without it (H-19).</source>
        <translation>Chiedere il prodotto; senza non si può salvare un guasto (H-19).</translation>
    </message>
    <message>
        <source>Ask for the serial number; a fault cannot be saved without it (H-20).</source>
        <translation>Chiedere il numero di serie; senza non si può salvare un guasto (H-20).</translation>
    </message>
    <message>
        <source>Asked for and not there: {title}.</source>
        <translation>Chiesto e non presente: {title}.</translation>
    </message>
    <message>
        <source>Aug</source>
        <translation>ago</translation>
    </message>
    <message>
        <source>Choose a class or type one; it is owed before the call is put through, called back or ended (H-10).</source>
        <translation>Scegliere una classe o scriverne una; serve prima di passare, richiamare o terminare la chiamata (H-10).</translation>
    </message>
    <message>
        <source>Choose how it goes on: put the caller through to a specialist, or promise a call back (H-13).</source>
        <translation>Scegliere come si continua: passare la chiamata a uno specialista o promettere una richiamata (H-13).</translation>
    </message>
    <message>
        <source>Choose the address under which this complaint is kept: {choices} (E-40).</source>
        <translation>Scegliere l’indirizzo sotto cui si conserva questo reclamo: {choices} (E-40).</translation>
    </message>
    <message>
        <source>Connect to the network and give desk-client sync.</source>
        <translation>Collegarsi alla rete e dare desk-client sync.</translation>
    </message>
    <message>
        <source>Dec</source>
        <translation>dic</translation>
    </message>
    <message>
        <source>Feb</source>
        <translation>feb</translation>
    </message>
    <message>
        <source>Fill in or delete {words} first.</source>
        <translation>Prima compilare o cancellare {words}.</translation>
    </message>
    <message>
        <source>Fill in the form of the complaint: it has no summary yet (K-15).</source>
        <translation>Compilare il modulo del reclamo: non ha ancora un riassunto (K-15).</translation>
    </message>
    <message>
        <source>Fill in “{title}” first{rules}.</source>
        <translation>Prima compilare “{title}”{rules}.</translation>
    </message>
    <message>
        <source>Free some space: without any nothing can be saved.</source>
        <translation>Liberare spazio: senza non si può salvare nulla.</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>ven</translation>
    </message>
    <message>
        <source>Give a reason in a few words.</source>
        <translation>Dare un motivo in poche parole.</translation>
    </message>
    <message>
        <source>Install the newest program; until then they are not sent.</source>
        <translation>Installare il programma più recente; fino ad allora non vengono inviati.</translation>
    </message>
    <message>
        <source>It is on its way already; what it did has to be undone by another step.</source>
        <translation>È già in viaggio; il suo effetto va annullato con un altro passo.</translation>
    </message>
    <message>
        <source>It reads like shouting; write it in lower case and without rows of exclamation marks (V-31).</source>
        <translation>Sembra di sentire gridare; scrivere in minuscolo e senza file di punti esclamativi (V-31).</translation>
    </message>
    <message>
        <source>It was triaged already; a supervisor can transfer it.</source>
        <translation>È già stato smistato; un supervisore può trasferirlo.</translation>
    </message>
    <message>
        <source>Jan</source>
        <translation>gen</translation>
    </message>
    <message>
        <source>Jul</source>
        <translation>lug</translation>
    </message>
    <message>
        <source>Jun</source>
        <translation>giu</translation>
    </message>
    <message>
        <source>Log the time that was spent before this.</source>
        <translation>Prima registrare il tempo impiegato.</translation>
    </message>
    <message>
        <source>Mar</source>
        <translation>mar</translation>
    </message>
    <message>
        <source>May</source>
        <translation>mag</translation>
    </message>
    <message>
        <source>Minutes must be a whole number from 1 to 1440.</source>
        <translation>I minuti sono un numero intero da 1 a 1440.</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>lun</translation>
    </message>
    <message>
        <source>Name the contract that rules instead (A-03).</source>
        <translation>Indicare il contratto che vale al suo posto (A-03).</translation>
    </message>
    <message>
        <source>No action plan is owed on this ticket.</source>
        <translation>Su questo ticket non è dovuto un piano d’azione.</translation>
    </message>
    <message>
        <source>No call back is owed on this ticket.</source>
        <translation>Su questo ticket non è dovuta una richiamata.</translation>
    </message>
    <message>
        <source>No call with this number is open.</source>
        <translation>Nessuna chiamata con questo numero è aperta.</translation>
    </message>
    <message>
        <source>No time is logged on it; log what was spent (A-51).</source>
        <translation>Non c’è tempo registrato; registrare quello impiegato (A-51).</translation>
    </message>
    <message>
        <source>Nobody holds the role {role}; give it to somebody.</source>
        <translation>Nessuno ha il ruolo {role}; darlo a qualcuno.</translation>
    </message>
    <message>
        <source>Nobody holds the role “{title}”, which must deal with this; tell a supervisor to give it to somebody (E-42).</source>
        <translation>Nessuno ha il ruolo “{title}”, che deve occuparsene; dire a un supervisore di darlo a qualcuno (E-42).</translation>
    </message>
    <message>
        <source>Nobody is signed in here; sign in first.</source>
        <translation>Qui nessuno è collegato; prima accedere.</translation>
    </message>
    <message>
        <source>Nobody proposed to refuse help here.</source>
        <translation>Nessuno ha proposto di negare l’aiuto qui.</translation>
    </message>
    <message>
        <source>Nothing is answered by {channel} here: answer in writing{rules}.</source>
        <translation>Qui nulla riceve risposta {channel}: rispondere per iscritto{rules}.</translation>
    </message>
    <message>
        <source>Nothing may stand before “{words}” (V-27).</source>
        <translation>Prima di “{words}” non può stare nulla (V-27).</translation>
    </message>
    <message>
        <source>Nothing waits for you.</source>
        <translation>Nulla è in attesa per chi chiede.</translation>
    </message>
    <message>
        <source>Nov</source>
        <translation>nov</translation>
    </message>
    <message>
        <source>Oct</source>
        <translation>ott</translation>
    </message>
    <message>
        <source>On a holiday only common issues are worked on, by those on duty (V-20).</source>
        <translation>In un giorno festivo si lavora solo su problemi comuni, da chi è di turno (V-20).</translation>
    </message>
    <message>
        <source>Only a supervisor can do this.</source>
        <translation>Può farlo solo un supervisore.</translation>
    </message>
    <message>
        <source>Only a supervisor can save a fault without a serial number, with a reason (H-20).</source>
        <translation>Solo un supervisore può salvare un guasto senza numero di serie, con un motivo (H-20).</translation>
    </message>
    <message>
        <source>Only an administrator&apos;s program can do this.</source>
        <translation>Può farlo solo il programma di un amministratore.</translation>
    </message>
    <message>
        <source>Only the same user can report calls.</source>
        <translation>Solo lo stesso utente può segnalare chiamate.</translation>
    </message>
    <message>
        <source>Only {role} can do this.</source>
        <translation>Può farlo solo {role}.</translation>
    </message>
    <message>
        <source>Repair keeps a copy of it, and goes on with everything that can still be read.</source>
        <translation>La riparazione ne tiene una copia e continua con tutto ciò che è ancora leggibile.</translation>
    </message>
    <message>
        <source>Repair keeps them out.</source>
        <translation>La riparazione li lascia fuori.</translation>
    </message>
    <message>
        <source>Repair sets it aside; it is fetched again. Unsent work lies in another file and is safe.</source>
        <translation>La riparazione la mette da parte; viene scaricata di nuovo. Il lavoro non inviato sta in un altro file ed è al sicuro.</translation>
    </message>
    <message>
        <source>Report it, and keep a copy of the profile&apos;s folder.</source>
        <translation>Segnalarlo e conservare una copia della cartella del profilo.</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>sab</translation>
    </message>
    <message>
        <source>Say how it was resolved; without that it cannot be closed (K-05).</source>
        <translation>Dire come è stato risolto; senza non si può chiudere (K-05).</translation>
    </message>
    <message>
        <source>Say in a few words what it is about.</source>
        <translation>Dire in poche parole di che si tratta.</translation>
    </message>
    <message>
        <source>Say what is wrong in a few words; a fault cannot be saved without it (H-21).</source>
        <translation>Dire in poche parole che cosa non va; senza non si può salvare un guasto (H-21).</translation>
    </message>
    <message>
        <source>Say what kind of customer it is: {choices} (E-01).</source>
        <translation>Dire che tipo di cliente è: {choices} (E-01).</translation>
    </message>
    <message>
        <source>Say what the telephone does: ringing, answered or ended; or give a tel: or deskclient: link.</source>
        <translation>Dire che cosa fa il telefono: ringing, answered o ended; o dare un link tel: o deskclient:.</translation>
    </message>
    <message>
        <source>Say why there is no ticket: abandoned, not entitled, wrong number or no ticket needed (H-08).</source>
        <translation>Dire perché non c’è un ticket: riattaccato, senza diritto, numero sbagliato o non necessario (H-08).</translation>
    </message>
    <message>
        <source>Sep</source>
        <translation>set</translation>
    </message>
    <message>
        <source>Set it; until then the server&apos;s time is used.</source>
        <translation>Regolarlo; fino ad allora vale l’ora del server.</translation>
    </message>
    <message>
        <source>Sign out and in again: that brings new ones.</source>
        <translation>Uscire e accedere di nuovo: così ne arrivano altri.</translation>
    </message>
    <message>
        <source>Something else answered in the server&apos;s place, perhaps this network&apos;s sign-in page; open it in a browser or check the address.</source>
        <translation>Al posto del server ha risposto altro, forse la pagina di accesso di questa rete; aprirla in un browser o controllare l’indirizzo.</translation>
    </message>
    <message>
        <source>Something went wrong while storing what the server sent; it is tried again.</source>
        <translation>Qualcosa è andato storto nel salvare ciò che il server ha inviato; si riprova.</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>dom</translation>
    </message>
    <message>
        <source>Take it first: work starts with Take next, in the order of the queue.</source>
        <translation>Prima prenderlo: il lavoro comincia con “Prendi il prossimo”, nell’ordine della coda.</translation>
    </message>
    <message>
        <source>The answer is on record, and nobody gets it: there is no e-mail address. Ask for one, or tell the customer by phone.</source>
        <translation>La risposta è registrata, e non la riceve nessuno: manca l’indirizzo e-mail. Chiederlo, o dirlo al cliente per telefono.</translation>
    </message>
    <message>
        <source>The answer must begin with “{words}”.</source>
        <translation>La risposta deve cominciare con “{words}”.</translation>
    </message>
    <message>
        <source>The answer must end with “{words}”.</source>
        <translation>La risposta deve finire con “{words}”.</translation>
    </message>
    <message>
        <source>The cache was written by another version of this program.</source>
        <translation>La copia locale è di un’altra versione di questo programma.</translation>
    </message>
    <message>
        <source>The command cannot be read: {detail}</source>
        <translation>Il comando non si può leggere: {detail}</translation>
    </message>
    <message>
        <source>The complaint was not answered yet.</source>
        <translation>Al reclamo non si è ancora risposto.</translation>
    </message>
    <message>
        <source>The customer is awaited, but nothing is asked: ask what you need (A-35).</source>
        <translation>Si attende il cliente, ma non gli si è chiesto nulla: chiedere ciò che serve (A-35).</translation>
    </message>
    <message>
        <source>The decision&apos;s measures must be carried out first: {measures} (K-29).</source>
        <translation>Prima vanno eseguite le misure della decisione: {measures} (K-29).</translation>
    </message>
    <message>
        <source>The field {field} holds a control character that cannot be stored; type it again without it.</source>
        <translation>Il campo {field} contiene un carattere di controllo che non si può salvare; riscriverlo senza.</translation>
    </message>
    <message>
        <source>The field {field} holds half a character that cannot be stored; type it again.</source>
        <translation>Il campo {field} contiene mezzo carattere che non si può salvare; riscriverlo.</translation>
    </message>
    <message>
        <source>The field {field} is longer than {limit} characters; shorten it or put the rest into a note.</source>
        <translation>Il campo {field} supera {limit} caratteri; accorciarlo o mettere il resto in una nota.</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>Il file non si può leggere.</translation>
    </message>
    <message>
        <source>The file with your unsent work is damaged.</source>
        <translation>Il file con il lavoro non inviato è danneggiato.</translation>
    </message>
    <message>
        <source>The file with your unsent work was damaged; a copy was kept beside it, and everything that could still be read goes on from here.</source>
        <translation>Il file con il lavoro non inviato era danneggiato; accanto ne è rimasta una copia, e tutto ciò che era leggibile continua da qui.</translation>
    </message>
    <message>
        <source>The file&apos;s structure is broken.</source>
        <translation>La struttura del file è rotta.</translation>
    </message>
    <message>
        <source>The folder of the local data cannot be used; keep it on a disk of this machine, not on a network share.</source>
        <translation>La cartella dei dati locali non si può usare; tenerla su un disco di questo computer, non in una condivisione di rete.</translation>
    </message>
    <message>
        <source>The key of the local files is in the system&apos;s keyring, which is not there now; unlock it.</source>
        <translation>La chiave dei file locali è nel portachiavi del sistema, che ora non c’è; sbloccarlo.</translation>
    </message>
    <message>
        <source>The key of the local files is not in the keyring any more. The files were left as they are: restore the keyring, or sign in with another profile; work that was not sent is readable only with that key.</source>
        <translation>La chiave dei file locali non è più nel portachiavi. I file sono rimasti com’erano: ripristinare il portachiavi o accedere con un altro profilo; il lavoro non inviato si legge solo con quella chiave.</translation>
    </message>
    <message>
        <source>The key on this machine does not open the local data; the files were left as they are.</source>
        <translation>La chiave di questo computer non apre i dati locali; i file sono rimasti com’erano.</translation>
    </message>
    <message>
        <source>The local copy of the desk&apos;s data is damaged.</source>
        <translation>La copia locale dei dati del desk è danneggiata.</translation>
    </message>
    <message>
        <source>The local copy of the desk&apos;s data was damaged; it was set aside and is fetched again. Your unsent work is safe.</source>
        <translation>La copia locale dei dati del desk era danneggiata; è stata messa da parte e si scarica di nuovo. Il lavoro non inviato è al sicuro.</translation>
    </message>
    <message>
        <source>The local copy of the desk&apos;s data was not the same as the server&apos;s; it is fetched again. Your unsent work is safe.</source>
        <translation>La copia locale dei dati del desk non era uguale a quella del server; si scarica di nuovo. Il lavoro non inviato è al sicuro.</translation>
    </message>
    <message>
        <source>The message cannot be read.</source>
        <translation>Il messaggio non si può leggere.</translation>
    </message>
    <message>
        <source>The message is too long or not ours.</source>
        <translation>Il messaggio è troppo lungo o non è nostro.</translation>
    </message>
    <message>
        <source>The network must not be used now (--offline).</source>
        <translation>Ora la rete non si può usare (--offline).</translation>
    </message>
    <message>
        <source>The newest part of the file with your unsent work was removed, perhaps by another program; what you entered last and was not sent yet must be entered again.</source>
        <translation>La parte più recente del file con il lavoro non inviato è stata tolta, forse da un altro programma; ciò che è stato inserito per ultimo e non ancora inviato va inserito di nuovo.</translation>
    </message>
    <message>
        <source>The notice must name an e-mail address other than the absent person&apos;s own (E-37).</source>
        <translation>L’avviso deve indicare un indirizzo e-mail diverso da quello della persona assente (E-37).</translation>
    </message>
    <message>
        <source>The numbers that this machine may give out are used up; longer ones of its own range are given out.</source>
        <translation>I numeri che questo computer può dare sono finiti; se ne danno di più lunghi dalla sua serie.</translation>
    </message>
    <message>
        <source>The numbers that this machine may give out overlap.</source>
        <translation>I numeri che questo computer può dare si sovrappongono.</translation>
    </message>
    <message>
        <source>The order of the queue is mandated: take the next one, not this one.</source>
        <translation>L’ordine della coda è prescritto: prendere il prossimo, non questo.</translation>
    </message>
    <message>
        <source>The policy knows no refusal of help.</source>
        <translation>Le regole non prevedono che si neghi l’aiuto.</translation>
    </message>
    <message>
        <source>The rows are not those that came.</source>
        <translation>Le righe non sono quelle arrivate.</translation>
    </message>
    <message>
        <source>The server cannot be reached; everything is saved here and is sent when it can be.</source>
        <translation>Il server non è raggiungibile; tutto è salvato qui e parte appena lo è.</translation>
    </message>
    <message>
        <source>The server could not carry this out because of a fault of its own; send it again, and tell an administrator.</source>
        <translation>Il server non ha potuto eseguirlo per un errore proprio; inviarlo di nuovo e dirlo a un amministratore.</translation>
    </message>
    <message>
        <source>The server does not know this command; update this program.</source>
        <translation>Il server non conosce questo comando; aggiornare il programma.</translation>
    </message>
    <message>
        <source>The server has not answered yet; if it gives you a ticket, that shows here as soon as it does.</source>
        <translation>Il server non ha ancora risposto; se assegna un ticket, compare qui subito.</translation>
    </message>
    <message>
        <source>The server needs a newer version of this program; calls can still be logged, and are sent after the update.</source>
        <translation>Il server richiede una versione più recente di questo programma; le chiamate si possono ancora registrare e partono dopo l’aggiornamento.</translation>
    </message>
    <message>
        <source>The server sent nothing of this file; try again.</source>
        <translation>Il server non ha inviato nulla di questo file; riprovare.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not trusted by this machine, so nothing was sent; ask an administrator.</source>
        <translation>Questo computer non si fida del certificato del server, perciò nulla è stato inviato; chiedere a un amministratore.</translation>
    </message>
    <message>
        <source>The state of the call (/N:) is S, C or E.</source>
        <translation>Lo stato della chiamata (/N:) è S, C o E.</translation>
    </message>
    <message>
        <source>The system&apos;s keyring does not answer; unlock it or start the session anew, then try again.</source>
        <translation>Il portachiavi del sistema non risponde; sbloccarlo o riavviare la sessione, poi riprovare.</translation>
    </message>
    <message>
        <source>The system&apos;s keyring is locked or refuses; unlock it and try again.</source>
        <translation>Il portachiavi del sistema è bloccato o rifiuta; sbloccarlo e riprovare.</translation>
    </message>
    <message>
        <source>The system&apos;s keyring is not there any more; unlock it and try again.</source>
        <translation>Il portachiavi del sistema non c’è più; sbloccarlo e riprovare.</translation>
    </message>
    <message>
        <source>The telephone&apos;s id of the call cannot be read.</source>
        <translation>L’identificativo della chiamata dato dal telefono non si può leggere.</translation>
    </message>
    <message>
        <source>The ticket is already in {department}.</source>
        <translation>Il ticket è già in {department}.</translation>
    </message>
    <message>
        <source>The ticket is already with {office}.</source>
        <translation>Il ticket è già presso {office}.</translation>
    </message>
    <message>
        <source>There is a text block of yours with the prefix “{value}” already.</source>
        <translation>C’è già un blocco di testo con il prefisso “{value}”.</translation>
    </message>
    <message>
        <source>There is a ticket with this identity already; begin a new one.</source>
        <translation>Un ticket con questa identità c’è già; iniziarne uno nuovo.</translation>
    </message>
    <message>
        <source>There is no department called “{value}”; choose one of: {choices}.</source>
        <translation>Non c’è un reparto chiamato “{value}”; scegliere tra: {choices}.</translation>
    </message>
    <message>
        <source>There is no escalation called “{value}”; choose one of: {choices}.</source>
        <translation>Non c’è un’escalation chiamata “{value}”; scegliere tra: {choices}.</translation>
    </message>
    <message>
        <source>There is no exemption called “{value}”; choose one of: {choices}.</source>
        <translation>Non c’è un’eccezione chiamata “{value}”; scegliere tra: {choices}.</translation>
    </message>
    <message>
        <source>There is no kind of complaint called “{value}”; choose one of: {choices}.</source>
        <translation>Non c’è un tipo di reclamo chiamato “{value}”; scegliere tra: {choices}.</translation>
    </message>
    <message>
        <source>There is no kind of ticket called “{value}”; choose one of: {choices}.</source>
        <translation>Non c’è un tipo di ticket chiamato “{value}”; scegliere tra: {choices}.</translation>
    </message>
    <message>
        <source>There is no message called “{value}”; choose one of: {choices}.</source>
        <translation>Non c’è un messaggio chiamato “{value}”; scegliere tra: {choices}.</translation>
    </message>
    <message>
        <source>There is no office called “{value}”; choose one of: {choices}.</source>
        <translation>Non c’è un ufficio chiamato “{value}”; scegliere tra: {choices}.</translation>
    </message>
    <message>
        <source>There is no register called “{value}”; choose one of: {choices}.</source>
        <translation>Non c’è un registro chiamato “{value}”; scegliere tra: {choices}.</translation>
    </message>
    <message>
        <source>There is no role called “{value}”; choose one of: {choices}.</source>
        <translation>Non c’è un ruolo chiamato “{value}”; scegliere tra: {choices}.</translation>
    </message>
    <message>
        <source>There is no space left on this disk, so this was not saved; free some space and save again. Nothing that was saved before is lost.</source>
        <translation>Su questo disco non c’è più spazio, perciò non è stato salvato; liberare spazio e salvare di nuovo. Nulla di ciò che era salvato è perso.</translation>
    </message>
    <message>
        <source>There is no such call.</source>
        <translation>Questa chiamata non esiste.</translation>
    </message>
    <message>
        <source>There is no such customer on this machine.</source>
        <translation>Questo cliente non c’è su questo computer.</translation>
    </message>
    <message>
        <source>There is no such line in a register.</source>
        <translation>Questa riga non c’è in nessun registro.</translation>
    </message>
    <message>
        <source>There is no such measure left.</source>
        <translation>Questa misura non c’è più.</translation>
    </message>
    <message>
        <source>There is no such promise left.</source>
        <translation>Questa promessa non c’è più.</translation>
    </message>
    <message>
        <source>There is no such ticket at this desk.</source>
        <translation>Questo ticket non c’è in questo desk.</translation>
    </message>
    <message>
        <source>There is no such ticket on this machine.</source>
        <translation>Questo ticket non c’è su questo computer.</translation>
    </message>
    <message>
        <source>There is no survey called “{value}”; choose one of: {choices}.</source>
        <translation>Non c’è un sondaggio chiamato “{value}”; scegliere tra: {choices}.</translation>
    </message>
    <message>
        <source>There is no ticket with this number at this desk.</source>
        <translation>In questo desk non c’è un ticket con questo numero.</translation>
    </message>
    <message>
        <source>There is no usable keyring on this machine: give a passphrase, which locks the local files and is asked for at each start.</source>
        <translation>Questo computer non ha un portachiavi utilizzabile: dare una passphrase, che chiude i file locali e si chiede a ogni avvio.</translation>
    </message>
    <message>
        <source>There is nobody called “{value}” at this desk.</source>
        <translation>In questo desk nessuno si chiama “{value}”.</translation>
    </message>
    <message>
        <source>This account is switched off; ask an administrator.</source>
        <translation>Questo account è disattivato; chiedere a un amministratore.</translation>
    </message>
    <message>
        <source>This build of SQLite cannot encrypt; install the program again.</source>
        <translation>Questo SQLite non può cifrare; reinstallare il programma.</translation>
    </message>
    <message>
        <source>This call already has a ticket: {reference}.</source>
        <translation>Questa chiamata ha già un ticket: {reference}.</translation>
    </message>
    <message>
        <source>This cannot be sent again by this version of the program; update it.</source>
        <translation>Questa versione del programma non può inviarlo di nuovo; aggiornarla.</translation>
    </message>
    <message>
        <source>This command was given by somebody else and cannot be sent in your name.</source>
        <translation>Questo comando lo ha dato qualcun altro e non si può inviare a proprio nome.</translation>
    </message>
    <message>
        <source>This complaint concerns you; a colleague deals with it.</source>
        <translation>Questo reclamo riguarda chi lo apre; se ne occupa un collega.</translation>
    </message>
    <message>
        <source>This complaint has no stage called “{value}”; choose one of: {choices}.</source>
        <translation>Questo reclamo non ha una fase chiamata “{value}”; scegliere tra: {choices}.</translation>
    </message>
    <message>
        <source>This disk could not be written to, so this was not saved; free some space or check the disk, then save again.</source>
        <translation>Su questo disco non si è potuto scrivere, perciò non è stato salvato; liberare spazio o controllare il disco, poi salvare di nuovo.</translation>
    </message>
    <message>
        <source>This does not wait for approval.</source>
        <translation>Questo non attende approvazione.</translation>
    </message>
    <message>
        <source>This is no number that can be dialled.</source>
        <translation>Non è un numero che si possa comporre.</translation>
    </message>
    <message>
        <source>This is not taken by {channel}{rules}. {offer}</source>
        <translation>Questo non si accetta {channel}{rules}. {offer}</translation>
    </message>
    <message>
        <source>This passphrase does not open the local files; type the one that was chosen for them.</source>
        <translation>Questa passphrase non apre i file locali; scrivere quella scelta per loro.</translation>
    </message>
    <message>
        <source>This policy has no field called “{value}”; its fields are: {choices}.</source>
        <translation>Queste regole non hanno un campo chiamato “{value}”; i campi sono: {choices}.</translation>
    </message>
    <message>
        <source>This policy has no role called “{value}”; choose one of: {choices}.</source>
        <translation>Queste regole non hanno un ruolo chiamato “{value}”; scegliere tra: {choices}.</translation>
    </message>
    <message>
        <source>This survey is asked in another way; choose one of: {choices}.</source>
        <translation>Questo sondaggio si fa in un altro modo; scegliere tra: {choices}.</translation>
    </message>
    <message>
        <source>This ticket already waits for the customer.</source>
        <translation>Questo ticket attende già il cliente.</translation>
    </message>
    <message>
        <source>This ticket belongs to {department}; you can send them a note, but not work on it.</source>
        <translation>Questo ticket appartiene a {department}; si può inviare una nota, ma non lavorarci.</translation>
    </message>
    <message>
        <source>This ticket is no complaint.</source>
        <translation>Questo ticket non è un reclamo.</translation>
    </message>
    <message>
        <source>This ticket is not on this machine any more, and neither is its file.</source>
        <translation>Questo ticket non è più su questo computer, e neppure il suo file.</translation>
    </message>
    <message>
        <source>This ticket is not outside the charter.</source>
        <translation>Questo ticket non è fuori dalla carta dei servizi.</translation>
    </message>
    <message>
        <source>This ticket is not waiting to be taken.</source>
        <translation>Questo ticket non attende di essere preso.</translation>
    </message>
    <message>
        <source>This ticket is outside the charter already.</source>
        <translation>Questo ticket è già fuori dalla carta dei servizi.</translation>
    </message>
    <message>
        <source>This ticket is still open.</source>
        <translation>Questo ticket è ancora aperto.</translation>
    </message>
    <message>
        <source>This ticket is {status}; reopen it first.</source>
        <translation>Questo ticket è {status}; prima riaprirlo.</translation>
    </message>
    <message>
        <source>This waits for approval by {department}.</source>
        <translation>Questo attende l’approvazione di {department}.</translation>
    </message>
    <message>
        <source>This was already decided: the caller was put through or promised a call back.</source>
        <translation>È già stato deciso: la chiamata è stata passata o è stata promessa una richiamata.</translation>
    </message>
    <message>
        <source>This was done already.</source>
        <translation>È già stato fatto.</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>gio</translation>
    </message>
    <message>
        <source>Tickets of such a customer are not taken here: {kind}.</source>
        <translation>I ticket di un cliente così non si prendono qui: {kind}.</translation>
    </message>
    <message>
        <source>Too many calls are reported at once; report this one again in a second.</source>
        <translation>Troppe chiamate segnalate in una volta; segnalare questa di nuovo tra un secondo.</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>mar</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>mer</translation>
    </message>
    <message>
        <source>What came is not the file that was attached; try again.</source>
        <translation>Ciò che è arrivato non è il file allegato; riprovare.</translation>
    </message>
    <message>
        <source>Write something first; the text is empty.</source>
        <translation>Prima scrivere qualcosa; il testo è vuoto.</translation>
    </message>
    <message>
        <source>Write the action plan first: steps, owner and date.</source>
        <translation>Prima scrivere il piano d’azione: passi, responsabile e data.</translation>
    </message>
    <message>
        <source>You answered this complaint before; another person decides now.</source>
        <translation>A questo reclamo si è già risposto; ora decide un’altra persona.</translation>
    </message>
    <message>
        <source>You are not on the duty roster for this holiday (V-20).</source>
        <translation>Non si è nel turno di questo giorno festivo (V-20).</translation>
    </message>
    <message>
        <source>You have no valid training in “{title}”; take it all the same, and tell a supervisor (A-16).</source>
        <translation>Manca una formazione valida in “{title}”; prenderlo comunque e dirlo a un supervisore (A-16).</translation>
    </message>
    <message>
        <source>You were signed out by the server; sign in again. Everything that is unsent stays here.</source>
        <translation>Il server ha chiuso la sessione; accedere di nuovo. Tutto ciò che non è inviato resta qui.</translation>
    </message>
    <message>
        <source>You will be away for longer than goes without a notice: give one that names another e-mail address (E-36).</source>
        <translation>L’assenza dura più di quanto si possa senza avviso: darne uno che indichi un altro indirizzo e-mail (E-36).</translation>
    </message>
    <message>
        <source>Your profile lacks {fields}: every e-mail carries full contact details, so complete it first (A-30).</source>
        <translation>Nel profilo manca {fields}: ogni e-mail porta tutti i recapiti, perciò prima completarlo (A-30).</translation>
    </message>
    <message>
        <source>clocks go back {amount} on {day}</source>
        <translation>il {day} gli orologi tornano indietro di {amount}</translation>
    </message>
    <message>
        <source>clocks go forward {amount} on {day}</source>
        <translation>il {day} gli orologi vanno avanti di {amount}</translation>
    </message>
    <message>
        <source>counts from the opening {when}</source>
        <translation>conta dall’apertura {when}</translation>
    </message>
    <message>
        <source>holidays not known after {known_to}</source>
        <translation>festività non note dopo il {known_to}</translation>
    </message>
    <message>
        <source>holidays not known before {known_from}</source>
        <translation>festività non note prima del {known_from}</translation>
    </message>
    <message>
        <source>holidays not known before {known_from} and after {known_to}</source>
        <translation>festività non note prima del {known_from} e dopo il {known_to}</translation>
    </message>
    <message>
        <source>paused since {begins}</source>
        <translation>in pausa da {begins}</translation>
    </message>
    <message>
        <source>paused {begins} to {ends}, out of hours</source>
        <translation>in pausa da {begins} a {ends}, fuori orario</translation>
    </message>
    <message>
        <source>paused {begins} to {ends}, {amount} not counted</source>
        <translation>in pausa da {begins} a {ends}, {amount} non contati</translation>
    </message>
    <message>
        <source>public holiday</source>
        <translation>festa nazionale</translation>
    </message>
    <message>
        <source>received {when}</source>
        <translation>ricevuto {when}</translation>
    </message>
    <message>
        <source>the pause since {begins} does not move a day</source>
        <translation>la pausa da {begins} non sposta alcun giorno</translation>
    </message>
    <message>
        <source>the pause {begins} to {ends} does not move a day</source>
        <translation>la pausa da {begins} a {ends} non sposta alcun giorno</translation>
    </message>
    <message>
        <source>working day {days}</source>
        <translation>giorno lavorativo {days}</translation>
    </message>
    <message>
        <source>working days {days}</source>
        <translation>giorni lavorativi {days}</translation>
    </message>
    <message>
        <source>{amount} counted on each of {days}</source>
        <translation>{amount} contati per ogni giorno: {days}</translation>
    </message>
    <message>
        <source>{amount} counted on {days}</source>
        <translation>{amount} contati {days}</translation>
    </message>
    <message>
        <source>{amount} to {when}, open or not</source>
        <translation>{amount} fino a {when}, aperto o no</translation>
    </message>
    <message>
        <source>{days} closed</source>
        <translation>{days} chiuso</translation>
    </message>
    <message>
        <source>{days} closed ({name})</source>
        <translation>{days} chiuso ({name})</translation>
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
        <translation>{first}–{last}</translation>
    </message>
    <message>
        <source>{name} does not work in {department}; transfer the ticket instead.</source>
        <translation>{name} non lavora in {department}; trasferire invece il ticket.</translation>
    </message>
    <message>
        <source>{name} has no escalation path: first add or enable a {role} for {departments} (A-05).</source>
        <translation>{name} non ha una via di escalation: prima aggiungere o attivare {role} per {departments} (A-05).</translation>
    </message>
    <message>
        <source>{name} holds this ticket; ask for it to be handed over, or ask a supervisor.</source>
        <translation>{name} ha in mano questo ticket; chiedere che venga consegnato o chiedere a un supervisore.</translation>
    </message>
    <message>
        <source>{name} is not a {role}; put the caller through to one of them (H-13, H-15).</source>
        <translation>{name} non è {role}; passare la chiamata a chi lo è (H-13, H-15).</translation>
    </message>
    <message>
        <source>{name} must stay {role}: at least {least} must always be there; give the role to somebody else first (H-31).</source>
        <translation>{name} deve restare {role}: ce ne devono essere sempre almeno {least}; prima dare il ruolo a qualcun altro (H-31).</translation>
    </message>
    <message>
        <source>{name} takes no live calls; leave a message instead (E-28).</source>
        <translation>{name} non prende chiamate dirette; lasciare invece un messaggio (E-28).</translation>
    </message>
    <message>
        <source>{number} calendar days to {day}</source>
        <translation>{number} giorni di calendario fino a {day}</translation>
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
        <translation>Prima {role} deve analizzare questa richiesta (E-41).</translation>
    </message>
    <message>
        <source>“{name}” has {size}; at most {most} can be attached. Put it where those can reach it who need it, and note where.</source>
        <translation>“{name}” ha {size}; si possono allegare al massimo {most}. Metterlo dove chi ne ha bisogno può raggiungerlo e annotare dove.</translation>
    </message>
    <message>
        <source>“{name}” is empty, so there is nothing to attach.</source>
        <translation>“{name}” è vuoto, quindi non c’è nulla da allegare.</translation>
    </message>
    <message>
        <source>“{name}” was not read to its end; add it again.</source>
        <translation>“{name}” non è stato letto fino in fondo; aggiungerlo di nuovo.</translation>
    </message>
    <message>
        <source>“{server}” is no address of a server; write it as https://desk.example.org.</source>
        <translation>“{server}” non è l’indirizzo di un server; scriverlo come https://desk.example.org.</translation>
    </message>
    <message>
        <source>“{title}” is asked for and not filled in{rules}.</source>
        <translation>“{title}” è richiesto e non compilato{rules}.</translation>
    </message>
    <message>
        <source>“{title}” is served by {choices}: choose one of them.</source>
        <translation>Di “{title}” si occupano {choices}: sceglierne uno.</translation>
    </message>
    <message>
        <source>“{title}” is still owed, due {deadline}; solving or closing the ticket does not fulfil it.</source>
        <translation>“{title}” è ancora dovuto, scade {deadline}; risolvere o chiudere il ticket non lo adempie.</translation>
    </message>
    <message>
        <source>“{title}” must say something else than “{other}”.</source>
        <translation>“{title}” deve dire altro da “{other}”.</translation>
    </message>
    <message>
        <source>“{value}” cannot be typed as a login; write it without blanks.</source>
        <translation>“{value}” non si può scrivere come nome utente; scriverlo senza spazi.</translation>
    </message>
    <message>
        <source>“{value}” is for somebody in the role {base} or above, not in the role {role}; give that role too.</source>
        <translation>“{value}” è per chi ha il ruolo {base} o superiore, non il ruolo {role}; dare anche quello.</translation>
    </message>
    <message>
        <source>“{value}” is not possible for “{title}”; choose one of: {choices}.</source>
        <translation>“{value}” non è possibile per “{title}”; scegliere tra: {choices}.</translation>
    </message>
    <message>
        <source>… {number} more steps …</source>
        <translation>… altri {number} passi …</translation>
    </message>
    <message>
        <source>Text blocks and questions</source>
        <translation>Blocchi di testo e domande</translation>
    </message>
    <message>
        <source>Attach a file…</source>
        <translation>Allega un file…</translation>
    </message>
    <message>
        <source>picture {when}</source>
        <translation>immagine {when}</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>Allega file</translation>
    </message>
    <message>
        <source>Attached: {name}</source>
        <translation>Allegato: {name}</translation>
    </message>
    <message>
        <source>Saving {name}…</source>
        <translation>Salvataggio di {name}…</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>Salva come</translation>
    </message>
    <message>
        <source>Saved as {path}.</source>
        <translation>Salvato come {path}.</translation>
    </message>
    <message>
        <source>{saved} It is a program: do not open it unless you expected it.</source>
        <translation>{saved} È un programma: aprirlo solo se lo si aspettava.</translation>
    </message>
    <message>
        <source>Attach them again from where they came.</source>
        <translation>Alleghili di nuovo da dove provenivano.</translation>
    </message>
    <message>
        <source>There is something called “{name}” there already; give another name.</source>
        <translation>Lì c’è già qualcosa di nome «{name}»; scegli un altro nome.</translation>
    </message>
    <message>
        <source>“{name}” is no file; name the files one by one.</source>
        <translation>«{name}» non è un file; indica i file uno per uno.</translation>
    </message>
    <message>
        <source>There is no file {path}.</source>
        <translation>Non esiste il file {path}.</translation>
    </message>
    <message>
        <source>“{name}” cannot be read: {reason}.</source>
        <translation>«{name}» non può essere letto: {reason}.</translation>
    </message>
    <message>
        <source>{met} met, {missed} missed, {running} running</source>
        <translation>{met} rispettati, {missed} mancati, {running} in corso</translation>
    </message>
    <message>
        <source>{title}, month by month</source>
        <translation>{title}, mese per mese</translation>
    </message>
</context>
</TS>
