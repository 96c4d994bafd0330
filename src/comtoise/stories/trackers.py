"""The parameters that follow a reader and never choose an article.

A name is listed only when no site is known to select its content with it: dropping a functional parameter
merges two articles into one and loses the second. Names that serve both ways (`ref`, `source` …) are dropped
by their value: when it names a channel. Source: the public documentation of the measuring tools named below.
"""

import re

#: Families: every parameter that begins so. Lower case. Google; AT Internet and Matomo; the networks; mailing
#: tools; shops and the measuring tools of publishers.
_FAMILIES = """
    utm_ _ga _gl _gid ga_ gs_ gad_ gcl_
    at_ pk_ piwik_ mtm_ matomo_
    fb_ __cft__ __tn__ ig_ igsh tt_medium tt_content li_fat twclid __twitter
    mc_ mkt_ ml_subscriber vero_ oly_ elq hsa_ _hs __hs hscta sfmc_ bsft_ _bta_ eml- _cld ck_subscriber
    klaviyo _kx mindbox- personaclick_ sms_
    cm_ cx_ dpg_ sgm_ _sgm_ hmb_ hmsr hmpl hmcu hmkw hmci itm_ int_cmp sc_c s_kw ns_ stm_ wt_ wt. ef_id
    adobe_mc vsm_ ym_ roistat guce_ adj_ adjust_ af_ aff_ mt_ asa_ trk_ tduid _branch pd_rd_ pf_rd_ rb_click
    utm- hss_ vgo_ gaa_ mrf_ ob_ int_source int_medium int_campaign ss_source ss_campaign ss_email sc_src sc_lid
    sc_uid sc_llid sc_eh sc_customer aspsessionid
"""
_WORDS = """
    __amp __s _ope _openstat _rdr action_object_map action_ref_map action_type_map ad_medium adgroupid
    admitad_uid adset_id aff affiliate affiliate_id aiad_clid aicid amp_gsa amp_js_v asgtbndr awc beid
    campaign_id campaignid campid cfid cftoken cjdata cjevent clckid click_id clickid cmp cmpid
    creative_id cuid dclid dm_i dm_t ebisadid echobox email_hash emailid emcs_t emid epik estat et_cid
    et_rid external_click_id fbadid fbclid feed_id feedburner gbraid gclid gclsrc gdffi gdfms gdftrk
    guccounter guce hash_email icid iclid irclickid irgwc jsessionid jtid laobid link_source m_bt maf
    mail_id mailing_id mailingid mbid mibextid msclkid nb_expid_meta nb_placement ncampaign ncid
    newsletterid nl_campaign nl_id nlid nltid obem ocid openstat oprtrack original_referer osid otc otid
    partner_id partnerid phpsessid rdt_cid recommended_by recommended_code ref_ ref_cd ref_src ref_url
    referer referral referrer rss_source rtkcid s_cid s_email sbref sc_cid scid sess_id session_id
    sessionid share_id share_source sharedid shareid spm sref srsltid sscid subscriberid syclid tgclid
    this_affiliate tmtdata track trackid tracking tracking_id tracking_source trk ttclid
    amp_markup bxid cndid dt_dapp esrc fref ftag ftcamp gtm_debug hc_ref intcmp isappinstalled ito kwp_0 leadsource
    lipi marfeeltn mkwid mrfcid mrfhud mtrref noamp nocache oborigurl pcrid reflink sccid spjobid
    spmailingid spreportid spuserid sr_share srnd tblci trkid twsrc unlocked_article_code
    unicorn_click_id user_email_address usqp utm vmcid wbraid wickedid wprov wtrid xtcr xtmc xtnp xtor
    xtref xts yandex_uid yclid yptr ysclid zanpid zenid
"""
_ENDINGS = ("clid", "_campaign", "_affiliate", "_referrer", "_referer", "_utm", "sessid")
#: Parameters that may be functional, and values of theirs that only name a way in.
_BOTH_WAYS = """
    campaign canal channel emc feature from mod medium origin origine partner provenance ref refer share shared
    sharing smid smtyp source src via
"""
_CHANNEL = re.compile(
    r"(?:rss|atom|feed|flux|fluxrss|facebook|fb|twitter|tw|x|linkedin|li|instagram|whatsapp|telegram|email|e-?mail|"
    r"mail|newsletter|nl|push|app|mobile|social|share|sharing|partage|copy|home|homepage|accueil|search|google|"
    r"googlenews|nf|bing|flipboard|smartnews|upday|opera|yahoo|msn|reddit|pinterest|bluesky|mastodon|webpush|web)"
    r"(?:[-_ .+]?(?:rss|feed|page|share|button|link|app|ios|android|web|news|fr|\d{1,4}))*"
)
_PREFIXES = tuple(_FAMILIES.split())
_NAMES = frozenset(_WORDS.split())
_CHANNEL_NAMES = frozenset(_BOTH_WAYS.split())
#: Values that betray a tracker whatever the name: a Facebook click, an AT Internet campaign.
_VALUE = re.compile(r"IwAR[\w-]{3,}|(?:RSS|EPR)-\d+(?:-.*)?")
_SESSION = re.compile(r"[0-9a-fA-F]{20,}|[0-9a-zA-Z]{26,}")


def is_tracker(name: str, value: str) -> bool:
    """Whether the parameter, decoded, says how the reader came and nothing of what is read."""
    low = name.lower()
    if low in _NAMES or low.startswith(_PREFIXES) or low.endswith(_ENDINGS):
        return True
    if _VALUE.fullmatch(value):
        return True
    if low in ("sid", "s", "sess", "session") and _SESSION.fullmatch(value):
        return True
    return low in _CHANNEL_NAMES and _CHANNEL.fullmatch(value.lower()) is not None
