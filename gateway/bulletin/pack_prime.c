#include "gateway/bulletin/pack_prime.h"

/* Frozen: one changed letter makes another text model. */
#define FIELD "\x01"
#define LANGUAGE "\x02"
#define END "\0"

/* clang-format off */
static const char texts[] =
    "Атырауда атыс: Жұмыскер кенті" FIELD
    "Үйде отырыңыз, есік пен терезеден алыс жүріңіз. Балаларды далаға шығармаңыз." FIELD
    "Көпірдің жанында оқ атылды. Үш куәгер растады. Полиция жолды жапты." LANGUAGE
    "Стрельба в Атырау: посёлок Жумыскер" FIELD
    "Оставайтесь дома, не подходите к дверям и окнам. Не выпускайте детей." FIELD
    "У моста слышны выстрелы. Это подтвердили три очевидца. Полиция перекрыла дорогу." LANGUAGE
    "Shooting in Atyrau: Zhumysker" FIELD
    "Stay at home, keep away from doors and windows. Keep children inside." FIELD
    "Shots were heard near the bridge. Three witnesses confirmed it. Police have closed the road." END
    "Таразда коменданттық сағат: 22:00–06:00" FIELD
    "Кешкі 22:00-ден кейін далаға шықпаңыз. Құжатыңыз жаныңызда болсын." FIELD
    "Тәртіп 15 қаңтардан бастап үш күнге енгізілді. Түнде тек дәрігерлер мен құтқарушылар жүре "
    "алады." LANGUAGE
    "В Таразе введён комендантский час: 22:00–06:00" FIELD
    "После 22:00 не выходите из дома. Держите документы при себе." FIELD
    "Режим введён на три дня с 15 января. Ночью могут ездить только врачи и спасатели." LANGUAGE
    "Curfew in Taraz: 22:00-06:00" FIELD
    "Do not leave home after 22:00. Keep your documents with you." FIELD
    "It is in force for three days from 15 January. Only doctors and rescuers may travel at "
    "night." END
    "Коменданттық сағат алынып тасталды: Тараз" FIELD
    "Енді кешке де жүруге болады. Базарлар 8:00-ден ашық." FIELD
    "Шешім бүгін 19:30-да жарияланды. Мектептер дүйсенбіден бастап жұмыс істейді." LANGUAGE
    "Комендантский час отменён: Тараз" FIELD
    "Вечером снова можно выходить. Рынки открыты с 8:00." FIELD
    "Решение объявлено сегодня в 19:30. Школы работают с понедельника." LANGUAGE
    "Curfew lifted: Taraz" FIELD
    "You can go out in the evening again. Markets open at 8:00." FIELD
    "The decision was announced today at 19:30. Schools work from Monday." END
    "Қауіпті аймақ: Тәуелсіздік алаңы" FIELD
    "Ол жаққа бармаңыз. Айналып өтетін жол: Сейфуллин көшесі." FIELD
    "Алаңда адам көп жиналды, арнайы жасақ тұр. Көз жасаурататын газ қолданылды." LANGUAGE
    "Опасный район: площадь Независимости" FIELD
    "Не ходите туда. Объезд по улице Сейфуллина." FIELD
    "На площади много людей, стоит спецназ. Применяют слезоточивый газ." LANGUAGE
    "Dangerous area: Independence Square" FIELD
    "Do not go there. Go around by Seifullin street." FIELD
    "There is a large crowd and special police on the square. Tear gas is used." END
    "Облыстық аурухана ашық, жаралыларды қабылдайды" FIELD
    "Жаралыны жалғыз қалдырмаңыз, қанды тоқтатыңыз, 103-ке қоңырау шалыңыз." FIELD
    "Мекенжайы: Әуезов көшесі, 12-үй. Хирург пен травматолог кезекте. Қабылдау тегін." LANGUAGE
    "Областная больница открыта и принимает раненых" FIELD
    "Не оставляйте раненого одного, остановите кровь и звоните 103." FIELD
    "Адрес: улица Ауэзова, дом 12. Дежурят хирург и травматолог. Приём бесплатный." LANGUAGE
    "The regional hospital is open and takes the injured" FIELD
    "Do not leave an injured person alone, stop the bleeding and call 103." FIELD
    "Address: 12 Auezov street. A surgeon is on duty. Treatment is free." END
    "Семейде су жоқ: құбыр жарылды" FIELD
    "Суды қайнатып ішіңіз. Ыдыс ала келіңіз, бір адамға 10 литр беріледі." FIELD
    "Су таситын көлік №3 және №14 мектептің ауласында 8:00-ден 19:00-ге дейін тұрады. Жөндеу "
    "ертеңге дейін созылады." LANGUAGE
    "В Семее нет воды: прорвало трубу" FIELD
    "Кипятите воду. Приходите с вёдрами, дают 10 литров на человека." FIELD
    "Цистерна стоит во дворе школ №3 и №14 с 8:00 до 19:00. Ремонт продлится до завтра." LANGUAGE
    "No water in Semey: a pipe has burst" FIELD
    "Boil water before drinking. Come with buckets, 10 litres a person." FIELD
    "A water truck is in the yard of schools No. 3 and 14 from 8:00 to 19:00. Repair will last "
    "until tomorrow." END
    "Құбыр суын ішпеңіз: Жезқазған" FIELD
    "Тек бөтелкедегі немесе қайнатылған суды ішіңіз. Балаларға ерекше көңіл бөліңіз." FIELD
    "Су сынамасынан ішек таяқшасы табылды. Жүрек айну, қызба болса, дәрігер шақырыңыз." LANGUAGE
    "Не пейте воду из крана: Жезказган" FIELD
    "Пейте только бутилированную или кипячёную воду. Следите за детьми." FIELD
    "В пробах нашли кишечную палочку. При тошноте и температуре вызывайте врача." LANGUAGE
    "Do not drink tap water: Zhezkazgan" FIELD
    "Drink only bottled or boiled water. Watch the children." FIELD
    "Bacteria were found in samples. If you feel sick or have a fever, call a doctor." END
    "Дереу көшіңіз: Индер ауданы" FIELD
    "Тек ең керегін алыңыз: құжат, ақша, дәрі, жылы киім, азық. Малды босатып жіберіңіз." FIELD
    "Жайық өзені тасып жатыр. Жинау орны: Мәдениет үйі, сағат 16:30. Көшіру автобустары тегін." LANGUAGE
    "Срочная эвакуация: Индерский район" FIELD
    "Возьмите только нужное: документы, деньги, лекарства, тёплые вещи, еду. Отвяжите скот." FIELD
    "Разливается река Урал. Место сбора: Дом культуры, 16:30. Автобусы бесплатные." LANGUAGE
    "Evacuate now: Inder district" FIELD
    "Take only what you need: documents, money, medicines, warm things, food. Untie animals." FIELD
    "The Ural river is flooding. Meeting point: House of Culture, 16:30. Buses are free." END
    "Байланыс үзілді: Маңғыстау облысы" FIELD
    "Қалада SMS пен қоңырау жұмыс істейді. Маңыздысын ғана жазыңыз. Көршіге айтыңыз." FIELD
    "Жаңаөзенде мобильді интернет сағат 11:00-ден бері жоқ. Біздің радио: 7150 кГц, күн сайын "
    "20:00." LANGUAGE
    "Связь прервана: Мангистауская область" FIELD
    "В городе работают SMS и звонки. Пишите только важное. Расскажите соседям." FIELD
    "В Жанаозене мобильного интернета нет с 11:00. Наше радио: 7150 кГц, каждый день в 20:00." LANGUAGE
    "Communications cut: Mangystau region" FIELD
    "SMS and calls work in the city. Write only what matters. Let people next door know." FIELD
    "There has been no mobile internet in Zhanaozen since 11:00. Our radio: 7150 kHz, every day "
    "at 20:00." END
    "Қостанайда интернет қалпына келді" FIELD
    "Жақындарыңызға жазыңыз. Хабарды ресми көздерден тексеріңіз." FIELD
    "Үй интернеті мен Wi-Fi істейді, мобильді интернет әлі баяу. Терминалдар мен банкоматтар "
    "қосылды." LANGUAGE
    "В Костанае восстановлен интернет" FIELD
    "Напишите близким. Проверяйте новости по надёжным источникам." FIELD
    "Домашний интернет и Wi-Fi работают, мобильный пока медленный. Терминалы и банкоматы "
    "включены." LANGUAGE
    "Internet restored in Kostanay" FIELD
    "Write to your relatives. Check the news with reliable sources." FIELD
    "Home internet and Wi-Fi work, mobile is still slow. Terminals and cash machines are on." END
    "Жалған хабар: қаладағы су уланған жоқ" FIELD
    "Бұл хабарды таратпаңыз. Дүрлікпеңіз, суды артық жинамаңыз." FIELD
    "Су арнасы мен санитарлық дәрігерлер тексерді: су таза. Қауесет мессенджерлерде тарап жатыр." LANGUAGE
    "Ложь: воду в городе не отравили" FIELD
    "Не пересылайте это сообщение. Не паникуйте, не запасайте лишнего." FIELD
    "Водоканал и санитарные врачи проверили: вода чистая. Слух расходится в мессенджерах." LANGUAGE
    "False: the city water is not poisoned" FIELD
    "Do not forward this message. Do not panic and do not hoard." FIELD
    "The water company and health doctors checked: the water is clean. The rumour spreads in "
    "messengers." END
    "Расталмаған: әскери техника Көкшетауға кірді деген сөз" FIELD
    "Әзірге ештеңе істемеңіз. Жаңа мәлімет болса, хабарлаймыз." FIELD
    "Екі оқырман бейне жіберді, бірақ оның қай жерде түсірілгені белгісіз. Тексеріп жатырмыз." LANGUAGE
    "Не подтверждено: военная техника вошла в Кокшетау" FIELD
    "Пока ничего не предпринимайте. Узнаем больше и сообщим." FIELD
    "Два читателя прислали видео, но где оно снято, неизвестно. Мы проверяем." LANGUAGE
    "Not confirmed: military vehicles have entered Kokshetau" FIELD
    "Do nothing for now. We will tell you when we know more." FIELD
    "Two readers sent a video, but it is not known where it was filmed. We are checking." END
    "Қауіп жойылды: Қызылорда" FIELD
    "Үйге қайтуға болады. Оқ-дәрі не бөтен сөмке көрсеңіз, тимеңіз, 102-ге айтыңыз." FIELD
    "Күдіктілер ұсталды, көшелер тыныш. Дүкендер мен дәріханалар ашылды." LANGUAGE
    "Опасности больше нет: Кызылорда" FIELD
    "Можно возвращаться домой. Если увидите патроны или чужую сумку, не трогайте и звоните 102." FIELD
    "Подозреваемые задержаны, на улицах тихо. Магазины и аптеки открылись." LANGUAGE
    "The danger is over: Kyzylorda" FIELD
    "You may return home. If you see ammunition or a strange bag, do not touch it and call 102." FIELD
    "The suspects are detained, the streets are quiet. Shops and pharmacies are open." END
    "ҚАТЕ: №17 хабар рас емес" FIELD
    "Ол хабарды өшіріп тастаңыз, ешкімге жібермеңіз." FIELD
    "Біз Төле би көшесінде өрт болды деп қате жаздық. Ол жерде қауіп жоқ. Кешіріңіз." LANGUAGE
    "ОШИБКА: сообщение №17 неверно" FIELD
    "Удалите его и никому не пересылайте." FIELD
    "Мы ошибочно написали о пожаре на улице Толе би. Там опасности нет. Извините." LANGUAGE
    "MISTAKE: our message No. 17 was wrong" FIELD
    "Delete it and do not send it on." FIELD
    "We wrote by mistake about a fire on Tole bi street. There is no danger there. We are sorry." END
    "ТҮЗЕТУ: №26 хабардағы уақыт" FIELD
    "Дұрысы: су 18:00-де емес, 20:00-де беріледі." FIELD
    "Қалғаны өзгеріссіз. Қате үшін кешірім өтінеміз." LANGUAGE
    "ИСПРАВЛЕНИЕ: время в сообщении №26" FIELD
    "Правильно: воду дадут не в 18:00, а в 20:00." FIELD
    "Остальное без изменений. Извините за ошибку." LANGUAGE
    "CORRECTION: the time in message No. 26" FIELD
    "The right time: water will be on at 20:00, not at 18:00." FIELD
    "The rest is unchanged. We apologise for the mistake." END
    "Банктер жабық: Қарағанды" FIELD
    "Қолма-қол ақшаны тек тамақ пен дәріге жұмсаңыз." FIELD
    "Терминалдар істемейді, карта өтпейді. Жалақы мен зейнетақы Қазпоштада 10:00-ден 17:00-ге "
    "дейін беріледі." LANGUAGE
    "Банки закрыты: Караганда" FIELD
    "Тратьте наличные только на еду и лекарства." FIELD
    "Терминалы не работают, карты не проходят. Зарплату и пенсию выдают на Казпочте с 10:00 до "
    "17:00." LANGUAGE
    "Banks are closed: Karaganda" FIELD
    "Spend cash only on food and medicine." FIELD
    "Terminals do not work, cards do not pass. Wages and pensions are paid at Kazpost from 10:00 "
    "to 17:00." END
    "Әуежай мен вокзал жұмысын тоқтатты: Астана" FIELD
    "Жолға шықпаңыз, билетті қайтаруға болады. Анықтама телефоны: 105." FIELD
    "Ұшақтар Қарағандыға қонады. Пойыздар екі сағатқа кешігіп жүр." LANGUAGE
    "Аэропорт и вокзал не работают: Астана" FIELD
    "Не выезжайте, билет можно вернуть. Телефон справочной: 105." FIELD
    "Самолёты садятся в Караганде. Поезда опаздывают на два часа." LANGUAGE
    "Airport and railway station are closed: Astana" FIELD
    "Do not set out, tickets can be returned. Information: call 105." FIELD
    "Planes land in Karaganda. Trains are two hours late." END
    "Су тасқыны: Қобда ауданы, Ақтөбе облысы" FIELD
    "Биік жерге шығыңыз, электр мен газды ажыратыңыз. Суға түспеңіз. Көмек: 112." FIELD
    "Бөгет бұзылды, су ауылға бір сағатта жетеді. Мектеп пен мешіттің екінші қабаты ашық." LANGUAGE
    "Паводок: Хобдинский район, Актюбинская область" FIELD
    "Поднимитесь на высокое место, отключите электричество и газ. Не входите в воду. Помощь: 112." FIELD
    "Прорвало плотину, вода будет в селе через час. Открыт второй этаж школы и мечети." LANGUAGE
    "Flood: Khobda district, Aktobe region" FIELD
    "Go up to a high place, switch off electricity and gas. Do not enter the water. Help: 112." FIELD
    "The dam has broken, water will be in the village in one hour. The second floor of the school "
    "is open." END
    "Жер сілкінісі: Шымкент, 4 балл" FIELD
    "Ғимараттан шығыңыз, баспалдақпен түсіңіз, лифт қолданбаңыз. Қабырғадан алыс тұрыңыз." FIELD
    "Эпицентр Сайрам ауданында, тереңдігі 10 шақырым. Қайталануы мүмкін. Зардап шеккендер туралы "
    "мәлімет жоқ." LANGUAGE
    "Землетрясение: Шымкент, 4 балла" FIELD
    "Выйдите из здания по лестнице, без лифта. Стойте подальше от стен." FIELD
    "Эпицентр в Сайрамском районе, глубина 10 километров. Возможны повторные толчки. Сведений о "
    "пострадавших нет." LANGUAGE
    "Earthquake: Shymkent, intensity 4" FIELD
    "Leave the building by the stairs, not the lift. Stand away from walls." FIELD
    "The epicentre is in Sairam district, depth 10 km. It may shake again. There are no reports "
    "of people hurt." END
    "Сел жүруі мүмкін: Талғар, Есік" FIELD
    "Өзен жағасынан кетіңіз, төбеге шығыңыз. Аңғарда түнемеңіз." FIELD
    "Тауда жаңбыр құйып тұр, мұздық көлінің деңгейі көтерілді. Қауіп ертең таңға дейін сақталады." LANGUAGE
    "Угроза селя: Талгар, Есик" FIELD
    "Отойдите от берега, поднимитесь на холм. Не ночуйте в ущелье." FIELD
    "В горах ливень, уровень ледникового озера вырос. Угроза сохранится до завтрашнего утра." LANGUAGE
    "Mudflow risk: Talgar, Esik" FIELD
    "Move away from the banks, go up the hill. Do not spend the night in the gorge." FIELD
    "Heavy rain in the mountains, the level of the glacier lake is up. The risk lasts until "
    "tomorrow morning." END
    "Боран: Павлодар–Екібастұз жолы 08:00-ге дейін жабық" FIELD
    "Қалада қалыңыз. Жолда тоқтап қалсаңыз, машинадан шықпаңыз, моторды өшірмеңіз, 112-ге қоңырау "
    "шалыңыз." FIELD
    "Жел 25 м/с, көктайғақ, көріну нашар. Жылыту орны: «Аққу» кафесі. Түнде аяз 38 градус." LANGUAGE
    "Метель: трасса Павлодар–Экибастуз закрыта до 08:00" FIELD
    "Оставайтесь в городе. Если остановились в пути, сидите в машине, не глушите мотор, звоните "
    "112." FIELD
    "Ветер 25 м/с, гололёд, плохая видимость. Обогрев: кафе «Акку». Ночью мороз 38 градусов." LANGUAGE
    "Blizzard: Pavlodar-Ekibastuz road closed until 08:00" FIELD
    "Stay in town. If you have stopped on the way, sit in the car, keep the engine on, call 112." FIELD
    "Wind 25 m/s, ice, poor visibility. A place to get warm: cafe Akku. Frost of 38 degrees at "
    "night." END
    "Қатты аяз: Солтүстік Қазақстан облысы, –42°" FIELD
    "Далаға ұзаққа шықпаңыз. Бет пен қолды жабыңыз. Қарт көршілеріңізді тексеріңіз." FIELD
    "6 ақпанға дейін мектептер қашықтан оқиды. Автобустар сирек жүреді." LANGUAGE
    "Сильный мороз: Северо-Казахстанская область, –42°" FIELD
    "Не выходите надолго. Закрывайте лицо и руки. Проверьте пожилых соседей." FIELD
    "До 6 февраля школы учатся дистанционно. Автобусы ходят реже." LANGUAGE
    "Severe frost: North Kazakhstan region, -42°" FIELD
    "Do not stay outside for long. Cover your face and hands. Check on elderly neighbours." FIELD
    "Schools are online until 6 February. Buses run less often." END
    "Қатты жел мен шаңды дауыл: Жетісу облысы" FIELD
    "Терезені жабыңыз, ағаш пен сымның астында тұрмаңыз. Балконнан заттарды алыңыз." FIELD
    "Екпіні 30 м/с, бүгін 15:00-ден түнге дейін. Шатыр мен бағандар құлауы мүмкін." LANGUAGE
    "Сильный ветер и пыльная буря: область Жетысу" FIELD
    "Закройте окна, не стойте под деревьями и проводами. Уберите вещи с балкона." FIELD
    "Порывы до 30 м/с, сегодня с 15:00 до ночи. Может срывать крыши и столбы." LANGUAGE
    "Strong wind and dust storm: Zhetisu region" FIELD
    "Close windows, do not stand under trees and wires. Take things off the balcony." FIELD
    "Gusts up to 30 m/s, today from 15:00 until night. Roofs and poles may fall." END
    "Аптап ыстық: Түркістан облысы, +43°" FIELD
    "Күндіз 11:00–18:00 далаға шықпаңыз, су көп ішіңіз, бас киім киіңіз." FIELD
    "Ыстық бір аптаға созылады. Басыңыз айналса, салқын жерге жатып, 103 шақырыңыз." LANGUAGE
    "Жара: Туркестанская область, +43°" FIELD
    "Днём с 11:00 до 18:00 не выходите, пейте больше воды, носите головной убор." FIELD
    "Жара продержится неделю. Если закружилась голова, лягте в прохладном месте и вызовите 103." LANGUAGE
    "Heat: Turkistan region, +43°" FIELD
    "Do not go out by day from 11:00 to 18:00, drink more water, cover your head." FIELD
    "The heat will last a week. If you feel dizzy, lie down in a cool place and call 103." END
    "Теміртауда жылу мен жарық жоқ" FIELD
    "Жылы киініп, бірге бір жерде отырыңыз. Пеш пен газ плитасын қараусыз қалдырмаңыз." FIELD
    "Жылу станциясында авария болды. Балабақшалар мен мектептер жабық. Жылыту пункті: Спорт "
    "сарайы, №8 мектеп." LANGUAGE
    "В Темиртау нет тепла и света" FIELD
    "Оденьтесь теплее, держитесь вместе в одном помещении. Не оставляйте печь и газ без "
    "присмотра." FIELD
    "На теплостанции авария. Детские сады и школы закрыты. Пункт обогрева: Дворец спорта, школа "
    "№8." LANGUAGE
    "No heating and no light in Temirtau" FIELD
    "Dress warmly, stay together in one place. Do not leave a stove or gas unattended." FIELD
    "There was an accident at the heating station. Kindergartens and schools are closed. Warm "
    "place: Sports Palace, school No. 8." END
    "Жарық өшеді: Өскемен, сол жағалау" FIELD
    "Тоңазытқышты ашпаңыз, телефонды алдын ала қуаттаңыз. Лифтіге мінбеңіз." FIELD
    "Қосалқы станция жанып кетті. Жарық шамамен 21:00-де беріледі. Ауруханаларда генератор бар." LANGUAGE
    "Нет света: Усть-Каменогорск, левый берег" FIELD
    "Не открывайте холодильник, зарядите телефон заранее. Не садитесь в лифт." FIELD
    "Сгорела подстанция. Свет дадут примерно в 21:00. В больницах есть генераторы." LANGUAGE
    "Power cut: Oskemen, left bank" FIELD
    "Do not open the fridge, charge your phone in advance. Do not take the lift." FIELD
    "A substation burned down. Power will be back at about 21:00. Hospitals have generators." END
    "Газ иісі шықты: Ақсай қаласы" FIELD
    "Шам жақпаңыз, темекі шекпеңіз, терезені ашып, сыртқа шығыңыз. Газ авариясы: 104." FIELD
    "Орталық көшеде газ жарылды, екі үй қирады. Маңайдағы тұрғындар №2 мектепке жиналсын." LANGUAGE
    "Запах газа: город Аксай" FIELD
    "Не зажигайте огонь, не курите, откройте окна и выйдите наружу. Газовая авария: 104." FIELD
    "На Центральной улице взорвался газ, разрушены два дома. Жителей ближних домов ждут в школе "
    "№2." LANGUAGE
    "Smell of gas: Aksai town" FIELD
    "Do not light a fire, do not smoke, open the windows and go outside. Gas emergency: 104." FIELD
    "Gas exploded on Central street, two houses are destroyed. People from nearby houses should "
    "go to school No. 2." END
    "Дала өрті: Қостанай облысы, Әулиекөл ауданы" FIELD
    "Малды өріске шығармаңыз, ауылдан кетуге дайын тұрыңыз. Түтін болса, терезені жауып, ылғалды "
    "шүберек тұтыңыз." FIELD
    "Қарағайлы орман жанып жатыр, жел оңтүстік-батыстан. Тікұшақтар мен 200 өрт сөндіруші жұмыс "
    "істеуде." LANGUAGE
    "Степной пожар: Костанайская область, Аулиекольский район" FIELD
    "Не выгоняйте скот, будьте готовы уехать из села. При дыме закройте окна и дышите через "
    "мокрую ткань." FIELD
    "Горит сосновый лес, ветер с юго-запада. Работают вертолёты и 200 пожарных." LANGUAGE
    "Steppe fire: Kostanay region, Auliekol district" FIELD
    "Do not let animals out, be ready to leave the village. In smoke close the windows and "
    "breathe through a wet cloth." FIELD
    "A pine forest is burning, the wind is from the south-west. Helicopters and 200 firefighters "
    "are at work." END
    "Зауытта жарылыс: Балқаш" FIELD
    "Үйден шықпаңыз, терезені жабыңыз, желдеткішті өшіріңіз. Тамақ қышыса, дәрігерге "
    "хабарласыңыз." FIELD
    "Хлор шықты, бұлт қаланың шығысына қарай жылжып барады. Ауа сапасы өлшенуде." LANGUAGE
    "Взрыв на заводе: Балхаш" FIELD
    "Не выходите, закройте окна, выключите вентиляцию. Если першит в горле, обратитесь к врачу." FIELD
    "Вышел хлор, облако движется на восток города. Воздух проверяют." LANGUAGE
    "Explosion at a plant: Balkhash" FIELD
    "Stay inside, close the windows, turn off ventilation. If your throat hurts, see a doctor." FIELD
    "Chlorine has leaked, the cloud moves to the east of the city. The air is being measured." END
    "Көктайғақ: Ақмола және Қарағанды облыстары" FIELD
    "Көлікті баяу жүргізіңіз, арақашықтық сақтаңыз. Алыс жолды кейінге қалдырыңыз." FIELD
    "Тасжолда апаттар көп. Астанаға кіретін көліктер тоқтатылды." LANGUAGE
    "Гололёд: Акмолинская и Карагандинская области" FIELD
    "Водите медленно, держите расстояние. Отложите дальние поездки." FIELD
    "На трассах много аварий. Движение в сторону Астаны остановлено." LANGUAGE
    "Black ice: Akmola and Karaganda regions" FIELD
    "Drive slowly and keep your distance. Put off long trips." FIELD
    "There are many accidents on the roads. Traffic towards Astana is stopped." END
    "Қала шетінде блокбекет қойылды: Орал" FIELD
    "Баяу жүріп, шамды қосыңыз, қолыңыз көрініп тұрсын. Бейнеге түсірмеңіз." FIELD
    "Көліктер мен сөмкелерді тексереді. Азық-түлік, жанармай және дәрігерлер кезексіз өтеді." LANGUAGE
    "На выездах из города стоят блокпосты: Уральск" FIELD
    "Подъезжайте медленно, включите свет. Руки должны быть видны. Не снимайте на видео." FIELD
    "Проверяют машины и сумки. Продукты, топливо и врачей пропускают без очереди." LANGUAGE
    "Checkpoints at the edge of the city: Oral" FIELD
    "Come slowly, turn on the light, show your hands. Do not film." FIELD
    "Cars and bags are searched. Food, fuel and doctors pass without waiting." END
    "Ұсталғандардың туыстарына: тегін кеңес" FIELD
    "Атын, жасын, қайда және қашан ұсталғанын жазып жіберіңіз. Заңгерсіз қол қойғызбаңыз." FIELD
    "Адвокаттар тәулік бойы жауап береді. Тізім полиция бөлімінде ілінген." LANGUAGE
    "Родным задержанных: бесплатная консультация" FIELD
    "Пришлите имя, возраст, где и когда задержали. Без адвоката ничего не подписывайте." FIELD
    "Адвокаты отвечают круглосуточно. Списки висят в отделе полиции." LANGUAGE
    "For families of the detained: free advice" FIELD
    "Send the name, age, where and when they were taken. Sign nothing without a lawyer." FIELD
    "Lawyers answer day and night. Lists are posted at the police station." END
    "Қан тапсыруға шақырамыз: Ақтау" FIELD
    "Таңғы 9:00-ден келіңіз. Тамақ ішіп, жеке куәлік алып шығыңыз." FIELD
    "Екінші және үшінші оң резусты қан тапшы. Мекенжайы: 26-шағын аудан, перзентхана жаны." LANGUAGE
    "Просим сдать кровь: Актау" FIELD
    "Приходите с 9:00 утра. Поешьте и захватите удостоверение личности." FIELD
    "Не хватает крови второй и третьей положительной группы. Адрес: 26-й микрорайон, рядом с "
    "роддомом." LANGUAGE
    "Please give blood: Aktau" FIELD
    "Come from 9:00 in the morning. Eat first and bring an identity card." FIELD
    "Groups A and B Rh positive are short. Address: microdistrict 26, next to the maternity "
    "hospital." END
    "Оқу-жаттығу: сирена 11:00-де беріледі" FIELD
    "ЖАТТЫҒУ. Ешқайда бармаңыз, дүрлікпеңіз. Естісеңіз, ОК деп жазыңыз." FIELD
    "Республика бойынша хабарлау жүйесі тексеріледі. Бұл шын дабыл емес. ЖАТТЫҒУ." LANGUAGE
    "Учения: в 11:00 прозвучит сирена" FIELD
    "УЧЕБНАЯ ТРЕВОГА. Никуда не уходите, не беспокойтесь. Если услышали, ответьте ОК." FIELD
    "По всей республике проверяют оповещение. Это не настоящая тревога. УЧЕБНАЯ ТРЕВОГА." LANGUAGE
    "Exercise: sirens will sound at 11:00" FIELD
    "DRILL. Do not go anywhere, do not worry. If you heard it, reply OK." FIELD
    "The warning system is tested all over the country. This is not a real alarm. DRILL." END
    "Митинг өтетін жер: Орталық стадион" FIELD
    "Балаларды ертіп бармаңыз. Шығатын жерді алдын ала біліп алыңыз. Қысылсаңыз, шетке шығыңыз." FIELD
    "Бұрқан шашырататын көлік келді. Метро мен автобус аялдамалары жабылды." LANGUAGE
    "Митинг у Центрального стадиона" FIELD
    "Не берите с собой детей. Заранее узнайте, где выход. В давке идите к краю." FIELD
    "Приехали водомёты. Станции метро и остановки автобусов закрыты." LANGUAGE
    "Rally at the Central stadium" FIELD
    "Do not take children with you. Learn the exits in advance. In a crush move to the edge." FIELD
    "Water cannons have arrived. Metro stations and bus stops are closed." END
    "Баспана: №5 мектеп пен №1 колледж ашық" FIELD
    "Көрпе, тамақ, дәрі, құжат ала келіңіз. Жануарларды да қабылдайды." FIELD
    "300 орын бар, ыстық тамақ пен байланыс бар. Еріктілер есік алдында тұр." LANGUAGE
    "Укрытие: открыты школа №5 и колледж №1" FIELD
    "Возьмите одеяло, еду, лекарства, документы. Можно с животными." FIELD
    "Есть 300 мест, горячая еда и связь. Добровольцы стоят у входа." LANGUAGE
    "Shelter: school No. 5 and college No. 1 are open" FIELD
    "Bring a blanket, food, medicines, documents. Pets are allowed." FIELD
    "There are 300 places, hot food and a phone. Volunteers are at the door." END
    "Азық-түлік тегін таратылады: Түркістан" FIELD
    "Бір отбасыға бір қорап. Кезекке таңнан тұрмаңыз, бәріне жетеді." FIELD
    "Нан, ұн, май, күріш пен бала тамағы. Орталық базар жанында жексенбіге дейін, 9:00–18:00." LANGUAGE
    "Бесплатные продукты: Туркестан" FIELD
    "Одна коробка на семью. Не занимайте очередь с утра, хватит всем." FIELD
    "Хлеб, мука, масло, рис и детское питание. У центрального рынка до воскресенья, 9:00–18:00." LANGUAGE
    "Free food: Turkistan" FIELD
    "One box for a family. Do not queue from early morning, there is enough for all." FIELD
    "Bread, flour, oil, rice and baby food. By the central market until Sunday, 9:00-18:00." END
    "Жанармай тапшы: Атырау облысы" FIELD
    "Артық сапар шекпеңіз. Бір көлікке 20 литрден құйылады." FIELD
    "Мұнай өңдеу зауыты жөндеуде. Жедел жәрдем мен нан таситындар кезексіз." LANGUAGE
    "Не хватает топлива: Атырауская область" FIELD
    "Не ездите без нужды. Отпускают по 20 литров на машину." FIELD
    "Нефтезавод на ремонте. Скорую помощь и хлебовозы обслуживают без очереди." LANGUAGE
    "Fuel is short: Atyrau region" FIELD
    "Do not travel without need. 20 litres are sold for each car." FIELD
    "The oil refinery is under repair. Ambulances and bread vans are served first." END
    "Жұқпалы ауру: қызылша, Жамбыл облысы" FIELD
    "Бетперде тағыңыз, қолды сабынмен жуыңыз. Бөртпе мен қызба болса, үйде қалып, дәрігер "
    "шақырыңыз." FIELD
    "22 адам ауырды, көбі бала. Екпе емханаларда тегін салынады. Карантин екі аптаға енгізілді." LANGUAGE
    "Инфекция: корь, Жамбылская область" FIELD
    "Носите маску, мойте руки с мылом. При сыпи и температуре оставайтесь дома и вызовите врача." FIELD
    "Заболели 22 человека, в основном дети. Прививки в поликлиниках бесплатны. Карантин введён на "
    "две недели." LANGUAGE
    "Infection: measles, Zhambyl region" FIELD
    "Wear a mask, wash hands with soap. With a rash and fever stay at home and call a doctor." FIELD
    "22 people are ill, most of them children. Vaccination in clinics is free. Quarantine for two "
    "weeks." END
    "Қар көшкіні қаупі: Шығыс Қазақстан облысы, Риддер" FIELD
    "Тауға шықпаңыз, шаңғы тебуге бармаңыз. Беткейдің астында тоқтамаңыз." FIELD
    "Қар қалыңдығы 2 метрден асты. Риддер–Өскемен тасжолы жабылды." LANGUAGE
    "Лавинная опасность: Восточно-Казахстанская область, Риддер" FIELD
    "Не ходите в горы и не катайтесь на лыжах. Не останавливайтесь под склоном." FIELD
    "Снега больше 2 метров. Дорога Риддер–Усть-Каменогорск перекрыта." LANGUAGE
    "Avalanche danger: East Kazakhstan region, Ridder" FIELD
    "Do not go to the mountains or ski. Do not stop under a slope." FIELD
    "The snow is over 2 metres deep. The Ridder-Oskemen road is shut." END
    "Мұзға шықпаңыз: Қапшағай, Балқаш көлі" FIELD
    "Балық аулауға бармаңыз. Мұз сынса, қолды жайып, жағаға қарай жылжыңыз." FIELD
    "Күн жылынып, мұз жұқарды. Бір аптада бес адам суға кетті." LANGUAGE
    "Не выходите на лёд: Капчагай, озеро Балхаш" FIELD
    "Не ходите на рыбалку. Если лёд треснул, раскиньте руки и ползите к берегу." FIELD
    "Потеплело, лёд стал тонким. За неделю утонули пять человек." LANGUAGE
    "Keep off the ice: Kapchagay, lake Balkhash" FIELD
    "Do not go fishing. If the ice breaks, spread your arms and crawl to the bank." FIELD
    "It is warmer and the ice is thin. Five people drowned in a week." END
    "Алаяқтар біздің атымыздан хабар жіберіп жатыр" FIELD
    "Сілтемені баспаңыз, кодты ешкімге айтпаңыз. Күмәндансаңыз: ТЕКСЕР 41 деп жіберіңіз." FIELD
    "Біз ақша сұрамаймыз, карта нөмірін сұрамаймыз. Шын хабардың соңында тексеру коды тұрады." LANGUAGE
    "Мошенники рассылают сообщения от нашего имени" FIELD
    "Не открывайте ссылки и никому не говорите код. Сомневаетесь: отправьте ПРОВЕРЬ 41." FIELD
    "Мы не просим денег и номер карты. В конце настоящего сообщения стоит код проверки." LANGUAGE
    "Fraudsters send messages in our name" FIELD
    "Do not open links and tell no one your code. In doubt, text CHECK 41." FIELD
    "We do not ask for money or card numbers. A real message ends with a check code." END
    "Радио кестесі өзгерді: 6070 кГц, 19:00" FIELD
    "Батареямен істейтін қабылдағыш дайындаңыз. Толық кесте: РАДИО деп жазыңыз." FIELD
    "Хабарлар қазақ, орыс және ағылшын тілінде күніне үш рет беріледі. Ұялы байланыс өшсе де, "
    "радио сөйлейді." LANGUAGE
    "Новое расписание радио: 6070 кГц, 19:00" FIELD
    "Приготовьте приёмник на батарейках. Всё расписание: ответьте РАДИО." FIELD
    "Передачи на казахском, русском и английском три раза в день. Если связь отключат, радио "
    "будет говорить." LANGUAGE
    "New radio schedule: 6070 kHz, 19:00" FIELD
    "Get ready a receiver with batteries. The whole schedule: reply RADIO." FIELD
    "Bulletins in Kazakh, Russian and English three times a day. If phones are cut, the radio "
    "will go on." END
    "Күдікті зат табылды: Абай көшесі, №44 үй" FIELD
    "Жақындамаңыз, 50 метрден алыс тұрыңыз. Тұрғындар уақытша көшірілді." FIELD
    "Саперлер мен кинологтар тексеріп жатыр. Абай даңғылы мен Достық көшесінің қиылысы жабық." END
    "Подозрительный предмет: улица Гагарина, дом 44" FIELD
    "Не приближайтесь, стойте не ближе 50 метров. Жители временно вышли из домов." FIELD
    "Работают сапёры. Перекрыт перекрёсток проспекта Достык и улицы Сатпаева." END
    "Suspicious object: 44 Gagarin street" FIELD
    "Do not come near, stay 50 metres away. Residents have left their homes for now." FIELD
    "Sappers are at work. The crossing of Dostyk avenue and Satpayev street is closed." END
    "Назар аударыңыз: автобустар жүрмейді" FIELD
    "Жаяу жүретін болсаңыз, топпен және жарық көшемен жүріңіз." FIELD
    "Барлық қоғамдық көлік, такси мен метро түнгі 23:00-ден таңғы 05:00-ге дейін тоқтатылды." END
    "Внимание: автобусы не ходят" FIELD
    "Если идёте пешком, держитесь вместе и идите по освещённым улицам." FIELD
    "Весь общественный транспорт, такси и метро остановлены с 23:00 до 05:00." END
    "Attention: buses are not running" FIELD
    "If you walk, keep together and use lit streets." FIELD
    "All public transport, taxis and the metro are stopped from 23:00 to 05:00." END
    "Мектептер мен балабақшалар жабылды" FIELD
    "Балаларды үйде ұстаңыз. Сабақ телефон арқылы өтеді." FIELD
    "Қауіпсіздік үшін 12 қарашаға дейін. Емтихандар кейінге шегерілді." END
    "Школы и детские сады закрыты" FIELD
    "Держите детей дома. Уроки пройдут по телефону." FIELD
    "Это сделано для безопасности до 12 ноября. Экзамены перенесены." END
    "Schools and kindergartens are closed" FIELD
    "Keep children at home. Lessons will be by phone." FIELD
    "This is for safety, until 12 November. Exams are postponed." END
    "Шекара жабылды: Қорғас, Қордай өткелі" FIELD
    "Шекараға бармаңыз. Жүк көліктері кері қайтсын." FIELD
    "Қырғызстан мен Қытайға өту 48 сағатқа тоқтатылды. Кезекте мыңнан астам көлік тұр." END
    "Граница закрыта: Хоргос, Кордай" FIELD
    "Не езжайте к границе. Грузовикам лучше вернуться." FIELD
    "Проход в Кыргызстан и Китай закрыт на 48 часов. В очереди более тысячи машин." END
    "Border closed: Khorgos, Korday" FIELD
    "Do not go to the border. Lorries should turn back." FIELD
    "Crossing to Kyrgyzstan and China is stopped for 48 hours. More than a thousand vehicles are "
    "waiting." END
    "Жоғалған бала: Әлия, 7 жаста" FIELD
    "Көрсеңіз, жанында болып, 102-ге хабарлаңыз." FIELD
    "Кеше кешке Самал шағын ауданында жоғалды. Қызыл күрте, көк шалбар киген." END
    "Пропал ребёнок: Руслан, 9 лет" FIELD
    "Если увидите его, оставайтесь рядом и звоните 102." FIELD
    "Вышел из дома вчера вечером в микрорайоне Самал. Был в синей куртке и чёрной шапке." END
    "Missing child: a boy of 9" FIELD
    "If you see him, stay with him and call 102." FIELD
    "He left home last night in the Samal microdistrict. Blue jacket, black hat." END
    "Дрон шабуылы: мұнай базасы жанып жатыр" FIELD
    "Терезеден қарамаңыз, жертөлеге түсіңіз. Сынықтарды ұстамаңыз." FIELD
    "Құлаған ұшқышсыз аппарат туралы әскерилер растады. Өрт сөндірушілер келді." END
    "Атака дронов: горит нефтебаза" FIELD
    "Не смотрите в окна, спуститесь в подвал. Не трогайте обломки." FIELD
    "Военные подтвердили, что упал беспилотник. На месте пожарные и полиция." END
    "Drone attack: an oil depot is on fire" FIELD
    "Do not look out of windows, go down to the cellar. Do not touch debris." FIELD
    "The army confirmed that a drone fell. Firefighters and police are there." END
    "Төтенше жағдай жойылды: барлық шектеу алынды" FIELD
    "Қалыпты өмірге оралуға болады. Хабарымыз үшін СТОП деп жазсаңыз, енді жазбаймыз." FIELD
    "Жарлыққа Президент қол қойды. Әуежай, базар, банк, дүкен ертеңнен бастап ашық." END
    "Чрезвычайное положение отменено, ограничения сняты" FIELD
    "Можно вернуться к обычной жизни. Чтобы отписаться, отправьте СТОП." FIELD
    "Указ подписал президент. Аэропорт, рынки, банки и магазины открыты с завтрашнего дня." END
    "The state of emergency is over, restrictions are lifted" FIELD
    "You can return to normal life. To leave, text STOP." FIELD
    "The president signed the order. The airport, markets, banks and shops open tomorrow." END
    "Дәріхана: инсулин мен жүрек дәрісі бар" FIELD
    "Рецептіңізді ала келіңіз. Бір адамға бір айлық мөлшер беріледі." FIELD
    "№4 емхана, Бөгенбай батыр көшесі, 21. Сенбі мен жексенбіде 10:00–14:00 жұмыс істейді." END
    "Аптека: есть инсулин и сердечные лекарства" FIELD
    "Возьмите рецепт. Дают запас на один месяц." FIELD
    "Поликлиника №4, улица Богенбай батыра, 21. В субботу и воскресенье с 10:00 до 14:00." END
    "Pharmacy: insulin and heart medicines are available" FIELD
    "Bring your prescription. One month's supply is given to each person." FIELD
    "Clinic No. 4, 21 Bogenbai batyr street. Saturday and Sunday 10:00-14:00." END
    "Радиация деңгейі қалыпты: Курчатов" FIELD
    "Қауесетке сенбеңіз, йод ішпеңіз." FIELD
    "Сегіз датчик 0,12 мкЗв/сағ көрсетті. Ядролық орталық авария болмағанын растады." END
    "Радиация в норме: Курчатов" FIELD
    "Не верьте слухам, не пейте йод." FIELD
    "Восемь датчиков показали 0,12 мкЗв/ч. Ядерный центр подтвердил, что аварии не было." END
    "Radiation is normal: Kurchatov" FIELD
    "Do not believe rumours, do not take iodine." FIELD
    "Eight sensors showed 0.12 uSv/h. The nuclear centre confirmed that there was no accident." END
    "Тікелей хабар: Жаңаөзендегі жағдай" FIELD
    "Орталыққа бармаңыз, тыныш жолмен үйге қайтыңыз." FIELD
    "Наразылық 4 қаңтардан бері жалғасуда. Кеше түнде 14 адам жараланды, 30-ға жуығы ұсталды. "
    "Тілшіміз сол жерде." END
    "Обстановка в Жанаозене" FIELD
    "Не ходите в центр, возвращайтесь домой спокойной дорогой." FIELD
    "Протесты продолжаются с 4 января. Прошлой ночью ранены 14 человек, около 30 задержаны. Наш "
    "корреспондент на месте." END
    "The situation in Zhanaozen" FIELD
    "Do not go to the centre, return home by a quiet way." FIELD
    "Protests have gone on since 4 January. Last night 14 people were wounded and about 30 "
    "detained. Our reporter is there." END
    "Су деңгейі түсіп жатыр: Есіл, Тобыл, Ертіс" FIELD
    "Үйге құтқарушылар рұқсат бергенде ғана кіріңіз. Құдық суын ішпеңіз." FIELD
    "Петропавл мен Рудныйда судың деңгейі 40 сантиметрге төмендеді. Көшірілгендер 2 мыңнан асады." END
    "Вода уходит: Ишим, Тобол, Иртыш" FIELD
    "Входите в дом только с разрешения спасателей. Не пейте из колодцев." FIELD
    "В Рудном и Лисаковске уровень воды упал на 40 сантиметров. Эвакуировано более 2 тысяч "
    "человек." END
    "Water is falling: Ishim, Tobol, Irtysh" FIELD
    "Enter your house only when rescuers allow it. Do not drink from wells." FIELD
    "In Rudny and Lisakovsk the water is down by 40 centimetres. More than 2,000 people were "
    "evacuated." END
    "Өрт: «Астық» сауда орталығы, Көкшетау" FIELD
    "Ғимараттан алыс жүріңіз, жолды өрт сөндірушілерге босатыңыз. 101." FIELD
    "Төртінші қабат жанып жатыр, ішінде адам қалмаған деп отыр. Тұрғын үйлерге қауіп жоқ." END
    "Пожар: торговый центр «Астык», Кокшетау" FIELD
    "Отойдите от здания, освободите дорогу пожарным. 101." FIELD
    "Горит четвёртый этаж, людей внутри, по словам спасателей, нет. Жилым домам ничего не "
    "угрожает." END
    "Fire: Astyk shopping centre, Kokshetau" FIELD
    "Keep away from the building, leave the road to the fire engines. 101." FIELD
    "The fourth floor is burning, rescuers say there is nobody inside. Homes are not in danger." END
    "Ертең: жаңбыр, найзағай, бұршақ" FIELD
    "Көлікті ағаш астына қоймаңыз. Найзағайда ашық далада тұрмаңыз." FIELD
    "Алматы, Жетісу, Жамбыл облыстарында 18 мамырда түстен кейін. Таулы жерде қар аралас." END
    "Завтра: дождь, гроза, град" FIELD
    "Не ставьте машину под деревья. В грозу не стойте в открытом поле." FIELD
    "В Алматинской, Жетысуской и Жамбылской областях 18 мая после обеда. В горах дождь со снегом." END
    "Tomorrow: rain, thunder, hail" FIELD
    "Do not park under trees. Do not stand in an open field in a storm." FIELD
    "In Almaty, Zhetisu and Zhambyl regions on 18 May in the afternoon. Rain with snow in the "
    "mountains." END
    "Шахтада апат: Қарағанды облысы, Шахтинск" FIELD
    "Шахта қақпасына жиналмаңыз, құтқарушыларға жол беріңіз." FIELD
    "Жер астында 46 кенші қалды, 31-і шығарылды. Туыстарға арналған штаб: Кеншілер сарайы." END
    "Авария на шахте: Карагандинская область, Шахтинск" FIELD
    "Не собирайтесь у ворот шахты, дайте дорогу спасателям." FIELD
    "Под землёй осталось 46 горняков, 31 вывели. Штаб для родных: Дворец горняков." END
    "Accident in a mine: Karaganda region, Shakhtinsk" FIELD
    "Do not gather at the gate, let the rescuers pass." FIELD
    "46 miners were left underground, 31 were brought out. Families may come to the Miners' "
    "Palace." END
    "ҚҰТҚАРУ: АДАМ ҚЫСЫЛЫП ҚАЛДЫ, КӨМЕК КЕРЕК" FIELD
    "Үйінді астынан дауыс естісеңіз, тақылдатып жауап беріңіз де, 112-ге айтыңыз." FIELD
    "Ауыр техника мен еріктілер қажет. Қызмет көрсететін жер: облыс әкімдігінің алаңы." END
    "ВНИМАНИЕ ВСЕМ: НУЖНА ПОМОЩЬ СПАСАТЕЛЯМ" FIELD
    "Если слышите голос под завалом, постучите в ответ и звоните 112." FIELD
    "Нужны тяжёлая техника и добровольцы. Сбор на площади у акимата области." END
    "ATTENTION ALL: RESCUERS NEED HELP" FIELD
    "If you hear a voice under the ruins, knock back and call 112." FIELD
    "Heavy machines and volunteers are needed. Meet on the square by the regional akimat." END
    "ЖАҢАРТУ: тасқын, Батыс Қазақстан облысы" FIELD
    "Енді «Самал» мен «Деркөл» кенттері де көшеді. Сағат 13:00-ден кешікпеңіз." FIELD
    "Шаған өзенінің деңгейі 612 см, қауіпті шегі 600 см. Суық түсіп, су жайылуы баяулайды деп "
    "күтілуде." END
    "ОБНОВЛЕНИЕ: паводок, Западно-Казахстанская область" FIELD
    "Теперь эвакуируют и посёлки Самал и Деркул. Не позже 13:00." FIELD
    "Уровень реки Чаган 612 см, опасная отметка 600 см. Ожидается похолодание, вода пойдёт "
    "медленнее." END
    "UPDATE: flood, West Kazakhstan region" FIELD
    "Samal and Derkul are now evacuated too. Not later than 13:00." FIELD
    "The Chagan river is at 612 cm, the danger mark is 600 cm. Colder weather is expected to slow "
    "the water." END
    "Өзен деңгейі тез көтеріліп келеді: Зайсан ауданы" FIELD
    "Төмен жатқан үйлерден шығыңыз. Көрпе, су, дәрі-дәрмек, қолшам алыңыз. Көпірге жақындамаңыз." FIELD
    "Түнгі нөсерден кейін екі көшені су басты. Тұрғындар мектептің спорт залына орналасты." LANGUAGE
    "Вода быстро прибывает: Зайсанский район" FIELD
    "Уходите из низких домов. Возьмите одеяла, воду, лекарства, фонарь. Не подходите к мосту." FIELD
    "После ночного ливня затопило две улицы. Жителей разместили в спортзале школы." LANGUAGE
    "The water is rising fast: Zaisan district" FIELD
    "Leave the low houses. Take blankets, water, medicines and a torch. Do not go near the "
    "bridge." FIELD
    "After heavy rain at night two streets are under water. Residents are staying in the school "
    "gym." END
    "Уран өндіретін кенттің жолы шайылып кетті" FIELD
    "Қажет болмаса, жолға шықпаңыз. Азық-түлікті екі күнге жинап қойыңыз." FIELD
    "Түркістан облысы, Созақ ауданы. Жол жөндеушілер келді, уақытша өткел ертең ашылады." LANGUAGE
    "Размыло дорогу к посёлку шахтёров" FIELD
    "Не выезжайте без крайней нужды. Запаситесь едой на два дня." FIELD
    "Туркестанская область, Сузакский район. Дорожники на месте, временный проезд откроют завтра." LANGUAGE
    "The road to the miners' settlement is washed out" FIELD
    "Do not travel unless you must. Keep food for two days." FIELD
    "Turkistan region, Sozak district. Road crews are there, a temporary way will open tomorrow." END
    "Пойыз рельстен шықты: Шу стансасы" FIELD
    "Туыстарыңыз сол пойызда болса, 1433 телефонына хабарласыңыз." FIELD
    "Алматы–Ақтөбе пойызының үш вагоны аударылды. 8 адам жараланды, қайтыс болған жоқ. Жедел "
    "жәрдем көліктері жеткізіп жатыр." LANGUAGE
    "Поезд сошёл с рельсов: станция Шу" FIELD
    "Если ваши родные ехали в нём, звоните 1433." FIELD
    "Перевернулись три вагона поезда Алматы–Актобе. Пострадали 8 человек, погибших нет. Машины "
    "скорой помощи везут их в больницу." LANGUAGE
    "Train off the rails: Shu station" FIELD
    "If your relatives were on the train, call 1433." FIELD
    "Three coaches of the Almaty-Aktobe train turned over. 8 people are hurt, nobody died. "
    "Ambulances are taking them to hospital." END
    "Аурухана алаңы қоршалды, кіреберіс шығыс жақтан" FIELD
    "Дәрігерге баратын болсаңыз, №2 қақпадан кіріңіз. Жүкті әйелдер мен балалар бірінші "
    "қабылданады." FIELD
    "Негізгі қақпа жөнделуде. Қан қысымы, жүрек, тыныс алу бойынша шұғыл бөлім тоқтаусыз істейді." LANGUAGE
    "Вход в больницу только с восточной стороны" FIELD
    "Если едете к врачу, заходите через ворота №2. Беременных и детей принимают первыми." FIELD
    "Главные ворота чинят. Отделение неотложной помощи работает без перерыва." LANGUAGE
    "The hospital can be entered only from the east side" FIELD
    "If you are going to a doctor, use gate No. 2. Pregnant women and children are seen first." FIELD
    "The main gate is being repaired. The emergency department works without a break." END
    "Телефон мен SMS уақытша істемеуі мүмкін" FIELD
    "Кездесетін жерді отбасыңызбен алдын ала келісіп алыңыз. Хабарды радиодан тыңдаңыз." FIELD
    "Операторлар желіні бүгін кешке өшіреді деген ескерту алдық. Станциялардың батареясы төрт "
    "сағатқа жетеді." LANGUAGE
    "Телефоны и SMS могут временно не работать" FIELD
    "Договоритесь с семьёй о месте встречи заранее. Слушайте нас по радио." FIELD
    "Мы получили предупреждение, что операторы отключат сеть сегодня вечером. Батарей на станциях "
    "хватает на четыре часа." LANGUAGE
    "Phones and SMS may stop working for a time" FIELD
    "Agree in advance where to meet your family. Listen to us on the radio." FIELD
    "We were warned that operators will switch the network off this evening. Station batteries "
    "last four hours." END
    "Рас емес: мектептерден балаларды алып кетіп жатыр деген қауесет" FIELD
    "Балаңыздың мұғалімімен сөйлесіңіз, басқаларды қорқытпаңыз." FIELD
    "Білім басқармасы мен ата-аналар комитеті жоққа шығарды. Бірде-бір оқиға тіркелмеген." LANGUAGE
    "Неправда: слух, что детей увозят из школ" FIELD
    "Поговорите с учителем, не пугайте других." FIELD
    "Управление образования и родительский комитет это опровергли. Ни одного такого случая нет." LANGUAGE
    "Not true: the rumour that children are taken from schools" FIELD
    "Talk to the teacher, do not frighten others." FIELD
    "The education office and parents deny it. There has not been a single case." END
    "Қауіп сейілді: газ шығуы жойылды, Рудный" FIELD
    "Үйге кіріп, терезелерді ашып желдетіңіз. Газды өзіңіз қоспаңыз, маманды күтіңіз." FIELD
    "Құбыр ауыстырылды, ауада газ қалған жоқ. Жарық пен су да қосылды." LANGUAGE
    "Опасность миновала: утечку газа устранили, Рудный" FIELD
    "Войдите в дом и проветрите комнаты. Не включайте газ сами, ждите мастера." FIELD
    "Трубу заменили, газа в воздухе больше нет. Свет и воду тоже включили." LANGUAGE
    "All clear: the gas leak is repaired, Rudny" FIELD
    "Go in and air the rooms. Do not turn the gas on yourself, wait for a worker." FIELD
    "The pipe has been replaced, no gas is left in the air. Power and water are on too." END
    "ЖАТТЫҒУ: жер сілкінісі кезіндегі әрекет" FIELD
    "ЖАТТЫҒУ. Бүгін 16:00-де үстел астына тығылып, басыңызды қорғап үйреніңіз." FIELD
    "Бұл тек оқу, қауіп жоқ. Алдыңыз ба? ОК деп жауап жазыңыз." LANGUAGE
    "УЧЕБНАЯ ТРЕВОГА: что делать при землетрясении" FIELD
    "УЧЕБНАЯ. Сегодня в 16:00 потренируйтесь: спрячьтесь под стол, закройте голову." FIELD
    "Это только учения, угрозы нет. Получили сообщение? Ответьте ОК." LANGUAGE
    "DRILL: what to do in an earthquake" FIELD
    "DRILL. Today at 16:00 practise: get under a table, protect your head." FIELD
    "This is only an exercise, nothing is wrong. Did you get the message? Reply OK." END
    "Мобильді топ үй аралап жүр: Сарыағаш" FIELD
    "Есікті танымайтын адамға ашпаңыз. Құжатын сұраңыз, 102-ге қоңырау шалып тексеріңіз." FIELD
    "Полиция киімін киген тонаушылар туралы бірнеше хабар түсті. Үш пәтер тоналды." LANGUAGE
    "По домам ходят грабители в форме: Сарыагаш" FIELD
    "Не открывайте дверь незнакомым. Спросите документы, проверьте по телефону 102." FIELD
    "Поступило несколько сообщений о людях в полицейской форме. Ограблены три квартиры." LANGUAGE
    "Robbers in uniform go from house to house: Saryagash" FIELD
    "Do not open the door to strangers. Ask for papers, check by calling 102." FIELD
    "There have been several reports of men in police uniform. Three flats were robbed." END
    "Ұсталғандар босатыла бастады" FIELD
    "Туысыңызды қабылдау орнының алдында күтіңіз, ішке кірмеңіз. Жарақаты болса, суретке түсіріп, "
    "дәрігерден анықтама алыңыз." FIELD
    "Бүгін түстен кейін 120 адам шықты. Сот отырыстары жабық өтіп жатыр, адвокаттар кіргізілмей "
    "отыр." LANGUAGE
    "Задержанных начали отпускать" FIELD
    "Ждите родных у входа, внутрь не заходите. Если есть травмы, снимите их и возьмите справку у "
    "врача." FIELD
    "Сегодня после обеда вышли 120 человек. Суды идут закрыто, адвокатов не пускают." LANGUAGE
    "The detained are being released" FIELD
    "Wait for relatives at the entrance, do not go in. If they are hurt, take pictures and get a "
    "doctor's paper." FIELD
    "120 people came out this afternoon. Trials are closed, lawyers are not let in." END
    "Астанада ауа ластанды: күкіртті сутек иісі" FIELD
    "Терезені ашпаңыз, далада жүгірмеңіз. Демікпесі барлар дәрісін жанында ұстасын." FIELD
    "Солтүстік ауданда нормадан 6 есе жоғары. Өлшеу әр сағат сайын жаңарып тұрады." LANGUAGE
    "Загрязнён воздух: запах сероводорода в Астане" FIELD
    "Не открывайте окна, не бегайте на улице. Астматикам держать лекарство при себе." FIELD
    "В северном районе норма превышена в 6 раз. Замеры обновляют каждый час." LANGUAGE
    "Polluted air: smell of hydrogen sulphide in Astana" FIELD
    "Do not open windows, do not run outdoors. People with asthma should keep their medicine "
    "near." FIELD
    "In the north district it is 6 times the limit. Measurements are taken every hour." END
    "Сот пен әкімдік ғимараттары өртенді, айналасы қауіпті" FIELD
    "Қирандыға кірмеңіз, ештеңе алмаңыз. Терезе сынықтарынан сақ болыңыз." FIELD
    "Өрт сөндірілді, бірақ қабырға құлауы мүмкін. Көше екі бағытта жабық, трамвай басқа жолмен "
    "жүреді." LANGUAGE
    "Горели здания суда и акимата, рядом опасно" FIELD
    "Не входите в развалины и ничего не берите. Осторожно: осколки стекла." FIELD
    "Огонь потушен, но стены могут упасть. Улица закрыта в обе стороны, трамвай идёт другим "
    "путём." LANGUAGE
    "Court and akimat buildings burned, it is dangerous nearby" FIELD
    "Do not enter the ruins and take nothing. Beware of broken glass." FIELD
    "The fire is out, but walls may fall. The street is closed both ways, the tram takes another "
    "route." END
    "Азаматтық қорғаныс: әуе дабылы кезінде не істеу керек" FIELD
    "Жақын жердегі жертөлеге немесе метроға түсіңіз. Көлікте болсаңыз, тоқтап, шығып, жерге "
    "жатыңыз." FIELD
    "Сирена үзік-үзік естілсе, қауіп жақын. Ұзақ бір дыбыс: қауіп өтті." LANGUAGE
    "Гражданская оборона: что делать при воздушной тревоге" FIELD
    "Спуститесь в ближайший подвал или метро. Если вы в машине, остановитесь, выйдите и лягте на "
    "землю." FIELD
    "Прерывистая сирена: опасность близко. Один долгий звук: опасность прошла." LANGUAGE
    "Civil defence: what to do in an air alarm" FIELD
    "Go down to the nearest cellar or metro. If you are in a car, stop, get out and lie on the "
    "ground." FIELD
    "A broken siren means danger is near. One long sound means it has passed." END
    "Сайлау күні: байқаушыларға ескерту" FIELD
    "Учаскеде дауласпаңыз, бұзушылықты жазып алып, бізге ХАБАР деп жіберіңіз." FIELD
    "Учаскелер 7:00–20:00 ашық. Интернет баяулатылуы мүмкін, хаттама көшірмесін міндетті түрде "
    "алыңыз." LANGUAGE
    "День выборов: памятка наблюдателям" FIELD
    "Не спорьте на участке, записывайте нарушения и отправляйте нам: СООБЩИТЬ." FIELD
    "Участки открыты с 7:00 до 20:00. Интернет могут замедлить, обязательно берите копию "
    "протокола." LANGUAGE
    "Election day: advice for observers" FIELD
    "Do not argue at the polling station, write down violations and send them to us: REPORT." FIELD
    "Polling stations are open 7:00-20:00. The internet may be slowed, be sure to take a copy of "
    "the protocol." END
    "Қалалық автобустардың уақытша бағыты" FIELD
    "№12, №37 автобустар Райымбек даңғылымен жүреді. Аялдамаға тым ерте шықпаңыз." FIELD
    "Орталықтағы жол жөндеу 3 тамызға дейін созылады. Троллейбус 21:30-ға дейін." LANGUAGE
    "Временные маршруты городских автобусов" FIELD
    "Автобусы №12 и №37 идут по проспекту Райымбека. Не выходите на остановку слишком рано." FIELD
    "Ремонт дороги в центре до 3 августа. Троллейбусы до 21:30." LANGUAGE
    "Temporary bus routes in the city" FIELD
    "Buses No. 12 and 37 go along Raiymbek avenue. Do not go to the stop too early." FIELD
    "Road works in the centre last until 3 August. Trolleybuses run until 21:30." END
    "Мал ауруы: аусыл, Павлодар облысы" FIELD
    "Малды сатпаңыз, ауылдан шығармаңыз. Сүтті қайнатыңыз, қолғап киіңіз." FIELD
    "Ақсу ауданының үш ауылы карантинде. Мал дәрігерлері тегін егеді." LANGUAGE
    "Болезнь скота: ящур, Павлодарская область" FIELD
    "Не продавайте и не вывозите скот. Кипятите молоко, работайте в перчатках." FIELD
    "Три села Аксуского района на карантине. Ветеринары прививают бесплатно." LANGUAGE
    "Animal disease: foot-and-mouth, Pavlodar region" FIELD
    "Do not sell or move animals. Boil milk, wear gloves." FIELD
    "Three villages of Aksu district are in quarantine. Vets vaccinate free of charge." END
    "Қазақстан, Абай облысы, Ақмола облысы, Ақтөбе облысы, Алматы облысы, Атырау облысы, Батыс "
    "Қазақстан облысы, Жамбыл облысы, Жетісу облысы, Қарағанды облысы, Қостанай облысы, Қызылорда "
    "облысы, Маңғыстау облысы, Павлодар облысы, Солтүстік Қазақстан облысы, Түркістан облысы, "
    "Ұлытау облысы, Шығыс Қазақстан облысы, Астана, Алматы, Шымкент" FIELD
    "Семей, Көкшетау, Ақтөбе, Қонаев, Атырау, Орал, Тараз, Талдықорған, Қарағанды, Қостанай, "
    "Қызылорда, Ақтау, Павлодар, Петропавл, Түркістан, Жезқазған, Өскемен" FIELD
    "Екібастұз, Теміртау, Жаңаөзен, Балқаш, Риддер, Сәтбаев, Кентау, Арыс, Құлсары, Степногорск, "
    "Щучинск, Хромтау, Аягөз, Текелі" END
    "Казахстан, Абайская область, Акмолинская область, Актюбинская область, Алматинская область, "
    "Атырауская область, Западно-Казахстанская область, Жамбылская область, Жетысуская область, "
    "Карагандинская область, Костанайская область, Кызылординская область, Мангистауская область, "
    "Павлодарская область, Северо-Казахстанская область, Туркестанская область, Улытауская "
    "область, Восточно-Казахстанская область, Астана, Алматы, Шымкент" FIELD
    "Семей, Кокшетау, Актобе, Конаев, Атырау, Уральск, Тараз, Талдыкорган, Караганда, Костанай, "
    "Кызылорда, Актау, Павлодар, Петропавловск, Туркестан, Жезказган, Усть-Каменогорск" FIELD
    "Экибастуз, Темиртау, Жанаозен, Балхаш, Риддер, Сатпаев, Кентау, Арысь, Кульсары, "
    "Степногорск, Щучинск, Хромтау, Аягоз, Текели" END
    "Kazakhstan, Abai Region, Akmola Region, Aktobe Region, Almaty Region, Atyrau Region, West "
    "Kazakhstan Region, Zhambyl Region, Zhetisu Region, Karaganda Region, Kostanay Region, "
    "Kyzylorda Region, Mangystau Region, Pavlodar Region, North Kazakhstan Region, Turkistan "
    "Region, Ulytau Region, East Kazakhstan Region, Astana, Almaty, Shymkent" FIELD
    "Semey, Kokshetau, Aktobe, Qonaev, Atyrau, Oral, Taraz, Taldykorgan, Karaganda, Kostanay, "
    "Kyzylorda, Aktau, Pavlodar, Petropavl, Turkistan, Zhezkazgan, Oskemen" FIELD
    "Ekibastuz, Temirtau, Zhanaozen, Balkhash, Ridder, Satpayev, Kentau, Arys, Kulsary, "
    "Stepnogorsk, Shchuchinsk, Khromtau, Ayagoz, Tekeli" END
    "Назар аударыңыз: соңғы мәлімет бойынша жағдай өзгеруі мүмкін" FIELD
    "Асықпаңыз, айналаңызға қараңыз, кішкентай балалар мен қарттарға көмектесіңіз. Телефоныңызды "
    "тек керек кезде қосыңыз, дыбысын өшіріңіз." FIELD
    "Дүйсенбі, сейсенбі, сәрсенбі, бейсенбі, жұма, сенбі, жексенбі. Қаңтар, ақпан, наурыз, сәуір, "
    "мамыр, маусым, шілде, тамыз, қыркүйек, қазан, қараша, желтоқсан. Солтүстік, оңтүстік, шығыс, "
    "батыс." END
    "Внимание: по последним данным обстановка может измениться" FIELD
    "Не спешите, смотрите по сторонам, помогайте маленьким детям и старикам. Включайте телефон "
    "только при необходимости, без звука." FIELD
    "Понедельник, вторник, среда, четверг, пятница, суббота, воскресенье. Январь, февраль, март, "
    "апрель, май, июнь, июль, август, сентябрь, октябрь, ноябрь, декабрь. Север, юг, восток, "
    "запад." END
    "Attention: by the latest information things may change" FIELD
    "Do not hurry, look around, help small children and old people. Turn your phone on only when "
    "you need it, with no sound." FIELD
    "Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday. January, February, March, "
    "April, May, June, July, August, September, October, November, December. North, south, east, "
    "west." END
    "Егер мүмкін болса, ертең немесе бүгін кешке дейін кетіңіз" FIELD
    "Машинаға отырғанда белдік тағыңыз, түтін шықса төмен еңкейіңіз, есіктің тұтқасын ұстамас "
    "бұрын тексеріңіз." FIELD
    "Облыс әкімі, ішкі істер министрлігі, төтенше жағдайлар департаменті, қорғаныс министрлігі, "
    "денсаулық сақтау басқармасы, гидрометеорологиялық қызмет мәлімдеді." END
    "Если есть возможность, уезжайте завтра или сегодня до вечера" FIELD
    "В машине пристегнитесь, в дыму пригнитесь ниже, прежде чем открыть дверь, потрогайте ручку." FIELD
    "Сообщили аким области, министерство внутренних дел, департамент по чрезвычайным ситуациям, "
    "министерство обороны, управление здравоохранения, Казгидромет." END
    "If you can, leave tomorrow or today before the evening" FIELD
    "Wear a seat belt, keep low in smoke, feel the handle before you open a door." FIELD
    "The head of the region, the interior ministry, the emergency department, the defence "
    "ministry, the health office and the weather service said so." END
    "Сондықтан қазір үйден ешқайда шықпай, тыныш отырған дұрыс" FIELD
    "Өз бетіңізше әрекет етпеңіз, басшылардың айтқанын орындаңыз. Құтқарушы келгенше орныңыздан "
    "қозғалмаңыз." FIELD
    "Оқиға орнында ондаған адам бар. Олардың арасында балалар, әйелдер, жұмысшылар, студенттер, "
    "жолаушылар мен шетелдіктер де бар. Тағы бірнеше адам іздестірілуде." END
    "Поэтому сейчас лучше никуда не выходить и ждать" FIELD
    "Не действуйте сами, слушайте указания. Не двигайтесь с места, пока не придёт спасатель." FIELD
    "На месте десятки людей, среди них дети, женщины, рабочие, студенты, пассажиры и иностранцы. "
    "Ещё нескольких человек ищут." END
    "So it is better not to go anywhere now and to wait" FIELD
    "Do not act alone, follow instructions. Do not move until a rescuer comes." FIELD
    "There are dozens of people there, among them children, women, workers, students, passengers "
    "and foreigners. Several more people are being looked for." END;
/* clang-format on */

const char *const pack_prime_text = texts;
const size_t pack_prime_size = sizeof texts - 1;
