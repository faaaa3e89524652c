# ruff: noqa: E501 - lines of a page are as long as they are
"""Invented lines that a page says to its visitors, and lines of reports that look near to them."""

from __future__ import annotations

# Stand between paragraphs or below the report of any page.
FURNITURE = """
We value your privacy. Choose which cookies you allow.
This page stores small files on your device. Learn more
Cookie settings
Allow all and continue
Only necessary cookies
You can withdraw your consent at any time in the settings.
1.2K shares
318 shares 44 comments
Shared 96 times
Share this page
Share via e-mail
Save for later
Bookmark this article
Gift this article
Print this page
Copy the link
WhatsApp
Facebook Twitter Email
Send this story to a friend
Tell a friend about this article
4 min read
Reading time: 6 minutes
3-minute read
Estimated reading time 2 min
Did you like this story?
Tap a star to rate it
Rating 0 of 5 (0 votes)
Rate this article
Rated 4.5 out of 5 by 12 readers
Was this page useful to you?
How did you like this article? Yes / No
Thanks for your vote!
Your rating has been saved.
No comments yet. Start the conversation
No comments yet
Be the first to comment on this story.
12 readers have commented
Show all 48 comments
Write a comment
Log in to write a comment.
Comments are closed for this article.
What do you think? Write to us in the comments.
Please keep comments civil and on topic.
Report this comment
Reply
Load more comments
Sort by newest
Get our morning briefing by e-mail
Subscribe to our newsletter for a daily digest.
Our best stories in your mailbox, every Friday.
Please enter a valid email address.
You have been added to our list.
By signing up you agree to our terms of use and privacy policy.
Download the app for faster news
Scan the code to get the app
Enable push notifications
Open in app
Get alerts on your phone
This article is reserved for subscribers.
You have 2 free articles left this month.
Subscribe to read on
Already subscribed? Log in
Unlock this article for 1 crown
Unlimited digital access from 2 crowns a week
Continue with a free account
Give this article to a friend as a subscriber.
Your subscription makes our journalism possible.
Please consider a donation to keep this site free.
Support us with a donation
Donate via bank transfer or card
Our reporting is free to read because readers like you pay for it.
Related
More on the subject
More from this section
Read this next
Most read today
The five most read articles
Recommended by our editors
Other readers also liked
Popular in Culture
More articles by this author
See all articles
All stories in Politics
Back to the front page
Back to top
Jump to comments
Jump to the main content
Skip navigation
Next page
Previous story
Page 1 of 3
1 2 3 Next
Tags: rivers, bridges, transport
Topics in this article: rivers · bridges
Filed under Transport
Keywords: bridge, river
Section: Local
Home > News > Local
Home / Regional / Alder valley
You are here: Home » News
Ad
Advert
Advertisement - scroll down to continue
Article continues after this ad
Our article continues below the ad.
Hide this ad
Why am I seeing this ad?
Sponsored content
Promotion
Paid partnership
Loading...
Video loading
Play video
Play audio
Pause
Mute
Current time 0:00 / Duration 1:12
0:00 / 3:25
This video cannot be played in your browser.
To play this video, enable JavaScript in your browser.
Please enable JavaScript to view the comments.
Your browser does not support the audio element.
Captions will appear here
Volume 90%
Listen to this article
Listen to this story read by a computer voice
Hear this article (4 minutes)
Audio version of this article 5:02
Transcript
Photo 3 of 12
Image 2 of 8
1 / 14
See all 12 photos
View full screen
Swipe for more pictures
Correction: An earlier version misstated the year in which the ferry was built.
Editor's note: This story was changed to add a comment from the ferry company.
Clarification: The headline of this article was changed on Tuesday.
This story is being updated.
This is a breaking story and will be updated.
Come back for updates.
Refresh this page for updates.
Contact the reporter: alee@alderstar.example.org
Reach the reporter at 555-0142 or alee@alderstar.example.org.
Write to the author at alee@alderstar.example.org
Have a tip for our reporters? Write to tips@alderstar.example.org
Do you know more about this? Tell us.
Seen a mistake? Let us know.
Copyright 2026 Alder Publishing. This text may not be copied or passed on.
© Alder Star 2026
Reprints and permissions
Imprint | Privacy | Terms
Terms and conditions apply.
Alder Star, 14 Quay Street, Aldermouth
Tel. 555-0199
desk@alderstar.example.org
Phone: +99 555 0101
Customer service: 555-0120
Weather: Aldermouth 12° showers
Aldermouth 12°C, partly cloudy
ALX 2,310.4 +0.6% | Crown 1.08 -0.2%
Live traffic: A7 northbound 20 min delay
Live updates
LIVE
Live blog closed
Key events
Newest first
Results: 214 of 310 districts counted
Follow the count live on our results page.
Find your district in our results map.
Translate this page
Read this article in Norsk
Also available in German
This article was translated by a machine.
Translation by the editors
Last change: 14:05
Updated 2 hours ago
Updated at 14:05
Updated today at 6 p.m.
posted Tuesday by the desk
First posted Monday
Text size A A A
Change font size
Dark mode
Sign in
My account
Log out
Search this site
Newsletters
E-paper
Today's paper
Jobs
Crossword · Sudoku · Quiz
Games and puzzles
Obituaries | Classifieds | Jobs
Take our quiz
Vote in our poll
Vote now: should the bridge be rebuilt? Yes 61% No 39%
Enter our prize draw
Win two tickets to the harbour festival
Save 30% on your first order with code ALDER30
Add your name: 812 of 1,000 signatures
Like us on Facebook
Follow our channel on WhatsApp
Follow the author
Follow this topic
You are following this topic
Join our channel
See more posts
ends // bo/al
-30-
ENDS
Your choice about tracking
Necessary cookies only | Accept everything
We and our 214 partners store data on your device.
Manage your data settings
87 reposts · 12 bookmarks
Shared 1,402 times so far
Email this to a colleague
Copy to clipboard
About a five-minute read
6 minutes' reading
Was the article worth your time?
Score this piece: 1 2 3 4 5
Thanks, your feedback helps us improve.
27 people are discussing this
Comments (27)
Add to the discussion
You must be logged in to post.
Hide replies
The moderators have closed the thread.
Enjoying our coverage? Become a member for the price of a coffee.
The day's five stories before breakfast, free in your inbox.
Register in ten seconds, no card needed
One account for all our titles
Only 49p a week for the first three months
This is a premium article.
You've reached your limit of free articles.
Log in or create an account to keep reading.
Chip in to keep the lights on at this newsroom.
We are a reader-owned paper; your gift pays for reporters.
You might have missed
More by Hetty Lomax
Picked for you
Hot right now
Next up in Local
Latest from the valley
In this series: part 1, part 2, part 3
Part 3 of 5
Subjects: infrastructure, safety
Labels: bridges / ferries / Alder
< Back to results
Return to top
Go to homepage
In this article: What happened | Who pays | What next
- Advertisement -
Ad closes in 5
Commercial break
In association with Corvin Steel
Brought to readers by Corvin Steel
Partner offer: two nights in Port Sorrel for 90 crowns
Watch in full screen
Unmute
Skip ad
Stream starts in 10 seconds
1x speed
Listen 4:12
Read aloud by our robot voice
Podcast: how bridges fail (24 min)
3/9
Picture 4 of 9
Tap to enlarge
Gallery: 14 pictures
Show caption
Pictures: Bo Ost, Ines Tarrant
Graphic by the Star design desk
We have corrected the year of the bridge's opening.
Amended on 4 March: the name of the ferry was misspelt.
This text replaces a version published on Monday.
Write to hetty.lomax@alderstar.example.org or call 555-0107
Send tips, photos and corrections to the news desk.
Got photos of the fall? Upload them here.
If you have information, contact our reporter on Signal.
(c) Alder Star Media Group
No part of this page may be reproduced.
Published by Alder Star Media Group, a company registered in Norland.
Newsdesk 555-0108 · Advertising 555-0109
The Alder Star, PO Box 9, Aldermouth
Opening hours: Mon-Fri 9-17
Today: sun, 14°. Tomorrow: showers, 11°.
Sunrise 6:42 | Sunset 18:20
Petrol 1.72 | Diesel 1.68
ALX +0.4% CRN -1.2% OIL 71.20
14:05 Update
Pinned post
As it happened
All the results in your constituency
Which party fits you? Take the test
Deutsch | Français | Norsk
Switch to English
Last edited 3 March, 14:05
Refreshed every 60 seconds
A- A+
Print edition: page 4
This article appeared in print under the headline Bridge down.
Sign the petition
Volunteer with us on Saturdays
Shop our tote bags
Horoscopes, puzzles and more
Are you a business owner? Advertise with us.
Loading more
Something went wrong. Please try again.
You are reading a simplified version of this page.
Close
x
""".strip().splitlines()

# Sentences of a report, wherever they stand in it.
BODY = """
Share prices fell by 3 percent.
Shares in the ferry company fell.
Shares of the builder rose to 14 crowns on Tuesday.
The shares lost 4 percent of their value.
Sharing a cabin saved the two brothers.
They share a bed and a stove.
The towns share the cost of the bridge.
Comment was not immediately available.
The company did not comment.
The mayor declined to comment.
“No comment,” said the engineer.
“No comment yet,” she said.
Her comments drew laughter in the hall.
His comments started a quarrel.
There were no comments from the bench.
The council received 412 comments on the plan.
Forty comments came in by Friday, the council said.
The board rated the bridge “poor” in 2019.
The rate of rust doubled in ten years.
Rates rose to 4 percent.
The ratings agency cut the town's rating to B.
The rating fell two steps.
Votes were still being counted at midnight.
The motion passed by 11 votes to 4.
Seven votes were void.
Eleven voted yes and four voted no.
Follow-up inspections found the same cracks.
A trial will follow in May.
More arrests followed.
What followed was a long winter.
He follows the river home.
The police follow every lead, the chief said.
Subscribers of the ferry line paid twice.
The union subscribes to a pension plan.
Few subscribe to that view now.
The newspaper lost half its subscribers after the fire.
She reads the letter aloud.
She read the letter twice.
Read aloud, the letter took two minutes.
He liked the story.
The story was not true, the court found.
It is a story the town tells its children.
That is the story of the bridge.
The article was published in 1998.
The article cost him his job.
An article in the law forbids it.
Article 12 of the law allows it.
The website was down for a week.
The app had 40,000 users when it failed.
The app sends alerts when the river rises.
The city's app warned nobody.
The alerts came too late.
No alert was sent that night.
The newsletter of the union called the plan a joke.
Cookies were sold for the victims.
The girls sold cookies for the church.
A link between the two fires was found.
The link to the company was denied.
Police searched the page for prints.
The page was torn from a diary.
The video lasts 12 seconds.
A video of the fall was seen by two million people.
The video has been viewed two million times.
The photo shows a man on the pier.
The pictures were taken from a drone.
Photographs of the pier were shown in court.
The stars were out when it fell.
A star witness never came.
Tap water is safe to drink.
The tap was left open.
Taps ran dry by noon.
Click, and the lock was open.
She clicked on the link and lost 900 crowns.
Print shops ran out of paper.
Print runs were halved.
Save for one pier, nothing stood.
Saved by a rope, he swam ashore.
Join the dots and a pattern appears, the judge said.
Members joined the walk at noon.
Sign after sign was ignored.
Signs of rust were seen in 1988.
Nobody signed.
Listen closely and you hear the steel, divers say.
He would not listen.
Watch towers were built along the river.
The watch had stopped at 6:12.
Donations came from as far as Peru.
Donors gave 3 million crowns.
Donations are counted on Fridays.
The fund has 2 million crowns.
Support for the plan fell.
Support came from the north.
Help came late.
Help is on the way, the governor said.
Get out, the police told them.
Go home, the mayor told the crowd.
“Go home,” he said.
Stay away from the river, the police warned.
Boil your water, the county said.
Leave now, the order read.
Who will pay? Nobody knows.
Why did it fall?
How many died is not known.
How could it happen?
What did the engineers know?
Did anybody warn them?
Would you cross it?
Can it be saved? Perhaps.
Is it safe?
Who built it?
What would you have done?
You could hear it in the church.
You could see the river from there.
You get used to the noise.
If you lived there, you knew.
You do not forget such a night.
Your house is gone, they told her.
We knew nothing.
We lost everything that night.
We are still here.
Our house stood there.
It took us 4 hours.
The trial continues.
The case continues on Monday.
The search goes on.
The hearing resumes on Friday.
A ruling is expected in May.
Two men were held.
No one was hurt.
None was charged.
He died on Tuesday.
She was 41.
He has three children.
She did not survive.
It was too late.
Nobody came.
Then the lights went out.
Not so the mayor.
Not a word.
Silence.
Hence the queue.
So much for the plan.
Hardly a surprise.
A long night.
And then nothing.
One question remains.
No talks are planned.
No deaths were reported.
No decision yet, the clerk said.
Updates to the plan were refused.
The plan was updated in 2021.
The update failed.
The correction came in June.
A correction was printed a week later.
Corrections to the budget took a month.
The editor resigned.
The reporter was arrested.
Reporters were kept out.
The author lives in Aldermouth.
The podcast was recorded in March.
The station played the tape.
The search of the site took nine days.
The site is fenced.
The site was cleared on Friday.
The home page of the ministry was hacked.
The account was frozen.
Accounts differ.
The accounts do not add up.
The terms were never published.
Terms were agreed at dawn.
The privacy law passed in 2018.
The ad ran for two weeks.
Ads for the ferry stopped.
The sponsor withdrew.
The sponsors left.
Related charges were dropped.
The two cases are related.
The most read book in town was the Bible.
The more popular ferry was full.
The next train left at noon.
Next came the fire.
Previous owners had known.
Previously it cost 12 crowns.
The tickets cost 12 crowns.
Tickets sold out in an hour.
Tickets for the ferry rose to 9 crowns.
Turnout was 61 percent.
It was 12° and raining.
Temperatures fell to 4°C overnight.
It rained for 20 minutes.
The delay was 20 minutes.
Reading took four minutes.
The reading lasted 6 minutes.
The list goes on.
Readers of the tide tables knew better.
The comments section of the law runs to 40 pages.
Commentators called it a defeat.
She rates the chance of rain at one in five.
The board will rate the offer on Friday.
Listeners called in all night.
His followers stayed at home.
Follow the money, and it leads to the quay.
Subscriptions to the ferry rose by a third.
Sharing costs is the point of the deal.
Share options worth 3 million crowns lapsed.
Print it, frame it, hang it up: that was his advice.
Please do not come, the mayor asked.
“Please share this,” the note began.
Visit by visit, the inspectors grew bolder.
Visitors to the pier need a helmet.
Donors may withdraw until June.
Sign language was used in court.
Save the date of the fire, he remembered little.
Write-offs came to 9 million crowns.
Contact with the crew was lost at 6:12.
Contact was lost.
Call it luck.
Calls for a recount grew.
Call records show 14 attempts.
Give or take a metre, the hole is 40 metres wide.
Take the ferry: it sank twice.
Find a crew and the boat can sail, the owner says.
Get the steel wrong and it snaps.
Watch duty is shared among six men.
See-saw talks ended at dawn.
Search teams leave at first light.
Support staff walked out.
Report after report was filed away.
Reports of looting are false.
Register offices stay shut.
Open questions remain.
Post offices on the island shut at noon.
Like his father, he drowned.
Press freedom suffers, lawyers say.
Play was stopped.
Stay or go?
Use of the road is banned.
The text of the deal is secret.
This bridge is our life.
Our bridge is gone.
This report is false.
Your guess is as good as mine.
Nothing moves.
Rain is forecast.
The inquiry opens in June.
The mayor flies home on Sunday.
Both pilots survive.
Trains run again from Friday.
The vote is on Tuesday.
The votes go to a recount.
Tickets are free.
The topic is taboo.
Terms run to 2031.
The section is closed.
Members pay nothing.
The council meets on Monday.
The shelf is empty.
Ferries sail twice a day.
Schools reopen on Monday.
A vigil takes place tonight.
His lawyer has 14 days to appeal.
Divers return at first light.
The bridge reopens in 2028.
The paper has not apologised.
The newspaper printed a correction.
The station is owned by the state.
The broadcaster has asked the court for the tapes.
The foundation supports reporting on rivers with grants.
The union is funded by its members.
The charity supports 300 families.
""".strip().splitlines()
