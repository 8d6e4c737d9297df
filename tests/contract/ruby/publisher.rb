# A publisher app's day at the bridge, in Ruby: with the gem gds-api-adapters where it is installed,
# else with its stand-in. Prints what went wrong and ends with 1, or says how much was checked.
#
#   ruby publisher.rb ADDRESS TOKEN

require "securerandom"

begin
  require "gds_api"
  require "gds_api/publishing_api"
  CLIENT = GdsApi::PublishingApi
  ERRORS = GdsApi
rescue LoadError
  require_relative "stand_in"
  CLIENT = StandIn::PublishingApi
  ERRORS = StandIn
end

ADDRESS, TOKEN = ARGV
API = CLIENT.new(ADDRESS, bearer_token: TOKEN, timeout: 60)
STRANGER = CLIENT.new(ADDRESS, bearer_token: "wrong", timeout: 60)
WRONG = []
$checked = 0

def check(name, found, wanted)
  $checked += 1
  WRONG << "#{name}: #{found.inspect}, not #{wanted.inspect}" unless wanted === found
end

# Check that a call is refused: by the class that the gem has for the status, with this sentence.
def refused(name, error, sentence = //)
  yield
  check(name, "no error", error)
rescue ERRORS::HTTPErrorResponse => e
  check(name, e.class.name.split("::").last, error.to_s)
  details = e.error_details
  message = details.is_a?(Hash) ? details.dig("error", "message") || details["message"] : details
  check("#{name}, sentence", message.to_s, sentence)
end

def item(path, **changes)
  {
    base_path: path,
    schema_name: "answer",
    document_type: "answer",
    title: "Harbour dues & <tolls>",
    publishing_app: "publisher",
    rendering_app: "frontend",
    locale: "en",
    phase: "live",
    details: { body: "<p>Pay at the quay — twice a day.\u2028</p>" },
    routes: [{ path: path, type: "exact" }],
    update_type: "major",
    change_note: "First published.",
  }.merge(changes)
end

id, other, nobody = Array.new(3) { SecureRandom.uuid }

# A draft, and what it is refused for
saved = API.put_content(id, item("/harbour-dues"))
check("put_content", saved["lock_version"], 1)
check("put_content, state", saved["publication_state"], "draft")
found = API.get_content(id)
check("get_content, title", found["title"], "Harbour dues & <tolls>")
check("get_content, text", found["details"]["body"], "<p>Pay at the quay — twice a day.\u2028</p>")
check("get_content, app", found["publishing_app"], "publisher")
stale = item("/harbour-dues", previous_version: "7")
refused("put_content, stale", :HTTPConflict, /you've sent \(7\).*edition \(1\)/) { API.put_content(id, stale) }
refused("put_content, schema", :HTTPUnprocessableEntity, /schema_name was not provided/) { API.put_content(id, { title: "x" }) }
refused("put_content, path", :HTTPUnprocessableEntity, /conflicts with content_id=#{id}/) { API.put_content(other, item("/harbour-dues")) }
elsewhere = item("/harbour-dues", routes: [{ path: "/elsewhere", type: "exact" }])
refused("put_content, route", :HTTPUnprocessableEntity, /Routes path must be below the base path/) { API.put_content(id, elsewhere) }
refused("get_content, nobody", :HTTPNotFound, /Could not find document with content_id: #{nobody}/) { API.get_content(nobody) }
refused("get_content, locale", :HTTPNotFound, /Could not find locale: fr/) { API.get_content(id, locale: "fr") }
refused("get_content, stranger", :HTTPUnauthorized, /does not appear to be valid/) { STRANGER.get_content(id) }

# Paths
API.put_path("/ferries", { publishing_app: "publisher" })
refused("put_path, taken", :HTTPUnprocessableEntity, /already reserved by publisher/) { API.put_path("/ferries", { publishing_app: "whitehall" }) }
API.put_path("/ferries", { publishing_app: "whitehall", override_existing: "true" })
refused("unreserve_path, another's", :HTTPUnprocessableEntity, /is reserved by whitehall/) { API.unreserve_path("/ferries", "publisher") }
API.unreserve_path("/ferries", "whitehall")
refused("unreserve_path, nobody's", :HTTPNotFound, /is not reserved/) { API.unreserve_path("/ferries", "whitehall") }

# Publication
check("lookup, live only", API.lookup_content_id(base_path: "/harbour-dues"), nil)
check("lookup, drafts", API.lookup_content_id(base_path: "/harbour-dues", with_drafts: true), id)
refused("publish, type", :HTTPUnprocessableEntity, /An update_type of 'huge' is invalid/) { API.publish(id, "huge") }
check("publish", API.publish(id, nil, previous_version: 1)["content_id"], id)
refused("publish, again", :HTTPConflict, /already published/) { API.publish(id) }
refused("publish, nobody", :HTTPNotFound, /does not exist/) { API.publish(nobody) }
refused("discard_draft, none", :HTTPUnprocessableEntity, /not a draft edition/) { API.discard_draft(id) }
check("lookup", API.lookup_content_ids(base_paths: ["/harbour-dues", "/none"]), { "/harbour-dues" => id })
check("republish", API.republish(id)["content_id"], id)

# Links
API.put_content(other, item("/tolls", title: "Tolls", update_type: "minor"))
API.publish(other)
links = API.patch_links(id, { links: { ordered_related_items: [other], taxons: [] } })
check("patch_links", links["links"], { "ordered_related_items" => [other] })
refused("patch_links, stale", :HTTPConflict, /does not match|lock-version conflict/) { API.patch_links(id, { links: {}, previous_version: 9 }) }
refused("patch_links, none", :HTTPUnprocessableEntity, /Links are required/) { API.patch_links(id, { previous_version: 1 }) }
check("get_links", API.get_links(id)["version"], 1)
check("get_links_for_content_ids", API.get_links_for_content_ids([id, other]).keys.sort, [id, other].sort)
expanded = API.get_expanded_links(id, locale: "en", with_drafts: false, generate: true)
check("get_expanded_links", expanded["expanded_links"]["ordered_related_items"][0]["title"], "Tolls")
check("get_expanded_links, version", expanded["version"], 1)
linked = API.get_linked_items(other, { link_type: "ordered_related_items", fields: %w[title base_path] })
check("get_linked_items", linked.to_a, [{ "title" => "Harbour dues & <tolls>", "base_path" => "/harbour-dues" }])
changes = API.get_links_changes({ link_types: %w[ordered_related_items taxons], target_content_ids: [other] })
check("get_links_changes", changes["link_changes"].map { |one| one["change"] }, ["add"])

# Lists
rows = API.get_content_items({ document_type: "answer", fields: %w[title content_id], order: "title", q: "harbour dues", search_in: %w[title] })
check("get_content_items", rows["results"], [{ "title" => "Harbour dues & <tolls>", "content_id" => id }])
check("get_content_items, links", rows["links"].map { |one| one["rel"] }, ["self"])
refused("get_content_items, field", :HTTPBadRequest, /Invalid column name\(s\): size/) { API.get_content_items({ document_type: "answer", fields: %w[size] }) }
check("get_linkables", API.get_linkables(document_type: "answer").to_a.length, 2)
page = API.get_editions({ fields: %w[content_id], states: %w[published], per_page: 1 })
check("get_editions", page["links"].map { |one| one["rel"] }, %w[next self])
events = API.get_events_for_content_id(id, { action: "PutContent", from: "2020-01-01T00:00:00.000+01:00" })
check("get_events_for_content_id", events.to_a.map { |one| one["user_uid"] }.uniq, ["0f6d2a4c"])

# Intents
API.put_intent("/harbour-dues", { publish_time: "2030-03-15T09:00:00.000+00:00", publishing_app: "publisher", rendering_app: "frontend" })
API.destroy_intent("/harbour-dues")
API.destroy_intent("/harbour-dues") # a second time is no error

# The end
API.put_content(id, item("/harbour-dues", title: "Harbour dues, new"))
refused("unpublish, draft", :HTTPUnprocessableEntity, /draft present/) { API.unpublish(id, type: "gone") }
refused("unpublish, type", :HTTPUnprocessableEntity, /is not a valid unpublishing type/) { API.unpublish(other, type: "lost") }
check("discard_draft", API.discard_draft(id)["content_id"], id)
check("unpublish", API.unpublish(id, type: "redirect", alternative_path: "/tolls")["content_id"], id)
check("unpublished", API.get_content(id)["unpublishing"]["alternative_path"], "/tolls")
refused("unpublish, nobody", :HTTPNotFound, /Could not find an edition to unpublish/) { API.unpublish(nobody, type: "gone") }

if WRONG.empty?
  puts "#{CLIENT}: #{$checked} answers are as publishers expect"
else
  puts WRONG
  exit 1
end
