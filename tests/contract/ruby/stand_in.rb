# What the platform's Ruby client puts on the wire, for machines that do not have its gem: the same
# verbs, paths, headers and encodings, and the same errors by status. Names are those of the gem, so
# that a publisher's script runs with either.
#
# Source: alphagov/gds-api-adapters v103 `lib/gds_api/{publishing_api,json_client,exceptions}.rb`.

require "json"
require "net/http"
require "uri"

module StandIn
  # An answer that is an error; `error_details` is its JSON, nil where it has none.
  class HTTPErrorResponse < StandardError
    attr_reader :code, :error_details

    def initialize(code, error_details)
      @code = code
      @error_details = error_details
      super("#{code}: #{error_details.inspect}")
    end
  end

  class HTTPClientError < HTTPErrorResponse; end
  class HTTPServerError < HTTPErrorResponse; end

  ERRORS = {
    400 => :HTTPBadRequest,
    401 => :HTTPUnauthorized,
    403 => :HTTPForbidden,
    404 => :HTTPNotFound,
    409 => :HTTPConflict,
    410 => :HTTPGone,
    411 => :HTTPLengthRequired,
    413 => :HTTPPayloadTooLarge,
    422 => :HTTPUnprocessableEntity,
    429 => :HTTPTooManyRequests,
  }.freeze
  ERRORS.each_value { |name| const_set(name, Class.new(HTTPClientError)) }

  def self.error_for(code)
    return const_get(ERRORS[code]) if ERRORS.key?(code)

    code >= 500 ? HTTPServerError : HTTPClientError
  end

  # Rails writes these inside JSON as escapes; so the bodies of publishing apps have them.
  ESCAPED = { "<" => '\u003c', ">" => '\u003e', "&" => '\u0026', "\u2028" => '\u2028' }.freeze

  class PublishingApi
    def initialize(endpoint, options = {})
      @endpoint = endpoint.chomp("/")
      @token = options.fetch(:bearer_token)
      @timeout = options.fetch(:timeout, 4)
    end

    def put_content(content_id, payload)
      call(:Put, "/v2/content/#{content_id}", payload)
    end

    def get_content(content_id, params = {})
      call(:Get, "/v2/content/#{content_id}" + query(params))
    end

    def get_content_items(params)
      call(:Get, "/v2/content" + query(params))
    end

    def publish(content_id, update_type = nil, options = {})
      params = { update_type: update_type }.merge(options.slice(:locale, :previous_version))
      call(:Post, "/v2/content/#{content_id}/publish", params)
    end

    def republish(content_id, options = {})
      call(:Post, "/v2/content/#{content_id}/republish", options)
    end

    def unpublish(content_id, type:, **options)
      call(:Post, "/v2/content/#{content_id}/unpublish", { type: type }.merge(options))
    end

    def discard_draft(content_id, options = {})
      call(:Post, "/v2/content/#{content_id}/discard-draft", options)
    end

    def get_links(content_id)
      call(:Get, "/v2/links/#{content_id}")
    end

    def patch_links(content_id, params)
      call(:Patch, "/v2/links/#{content_id}", params)
    end

    def get_links_for_content_ids(content_ids)
      call(:Post, "/v2/links/by-content-id", { content_ids: content_ids })
    end

    def get_links_changes(params)
      call(:Get, "/v2/links/changes" + query(params))
    end

    def get_expanded_links(content_id, locale: nil, with_drafts: true, generate: false)
      params = {}
      params[:with_drafts] = "false" unless with_drafts
      params[:generate] = "true" if generate
      params[:locale] = locale if locale
      call(:Get, "/v2/expanded-links/#{content_id}" + query(params))
    end

    def get_linked_items(content_id, params = {})
      call(:Get, "/v2/linked/#{content_id}" + query(params))
    end

    def get_linkables(document_type:)
      call(:Get, "/v2/linkables" + query(document_type: document_type))
    end

    def get_editions(params = {})
      call(:Get, "/v2/editions" + query(params))
    end

    def get_events_for_content_id(content_id, params = {})
      call(:Get, "/v2/content/#{content_id}/events" + query(params))
    end

    def lookup_content_ids(base_paths:, with_drafts: false)
      params = { base_paths: base_paths }
      params[:with_drafts] = true if with_drafts
      call(:Post, "/lookup-by-base-path", params)
    end

    def lookup_content_id(base_path:, with_drafts: false)
      lookup_content_ids(base_paths: [base_path], with_drafts: with_drafts)[base_path]
    end

    def put_path(base_path, payload)
      call(:Put, "/paths#{base_path}", payload)
    end

    def unreserve_path(base_path, publishing_app)
      call(:Delete, "/paths#{base_path}", { publishing_app: publishing_app })
    end

    def put_intent(base_path, payload)
      call(:Put, "/publish-intent#{base_path}", payload)
    end

    def destroy_intent(base_path)
      call(:Delete, "/publish-intent#{base_path}", {})
    rescue HTTPNotFound => e
      e
    end

  private

    # Lists go as `name[]=a&name[]=b`, escaped, as forms are.
    def query(params)
      pairs = params.flat_map do |name, value|
        value.is_a?(Array) ? value.map { |one| ["#{name}[]", one] } : [[name.to_s, value]]
      end
      pairs.empty? ? "" : "?#{URI.encode_www_form(pairs)}"
    end

    def call(verb, path, body = nil)
      request = Net::HTTP.const_get(verb).new(path, headers)
      unless body.nil?
        request["Content-Type"] = "application/json"
        request.body = JSON.generate(body).gsub(/[<>&\u2028]/, ESCAPED)
      end
      read(connection.request(request))
    end

    def headers
      {
        "Accept" => "application/json",
        "User-Agent" => "gds-api-adapters/103.3.1 (whitehall)",
        "Authorization" => "Bearer #{@token}",
        "GOVUK-Request-Id" => "1-2.3",
        "X-Govuk-Authenticated-User" => "0f6d2a4c",
      }
    end

    def connection
      address = URI(@endpoint)
      made = Net::HTTP.new(address.host, address.port)
      made.use_ssl = address.scheme == "https"
      made.open_timeout = made.read_timeout = @timeout
      made.max_retries = 0
      made
    end

    def read(answer)
      code = answer.code.to_i
      return JSON.parse(answer.body) if code < 300

      details = begin
        JSON.parse(answer.body)
      rescue JSON::ParserError
        nil
      end
      raise StandIn.error_for(code).new(code, details)
    end
  end
end
