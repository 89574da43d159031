# Jumpgate under gunicorn:
#
#     jumpgate db upgrade
#     gunicorn --config /opt/jumpgate/etc/jumpgate/gunicorn.conf.py
#
# JUMPGATE_CONFIG in the environment names the configuration, if it is not
# /etc/jumpgate/jumpgate.conf.
wsgi_app = 'jumpgate.wsgi:application'
bind = '127.0.0.1:5000'
workers = 2
# A thread serves one request at a time, and a download as long as it takes.
worker_class = 'gthread'
threads = 16
# Seconds without a sign of life from a worker; threads that stream do not count.
timeout = 120
graceful_timeout = 30
keepalive = 75
# Image lists by id and tokens with a cloud's credential are long.
limit_request_line = 8190
limit_request_field_size = 32768
accesslog = '-'
# The path without the query, which may hold a token; no header is ever logged.
access_log_format = '%(h)s "%(m)s %(U)s" status: %(s)s len: %(B)s time: %(L)s'
