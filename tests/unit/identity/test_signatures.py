"""Signatures against the examples that Amazon publishes."""
import base64
import hashlib
import hmac

import testtools

from jumpgate.common import errors
from jumpgate.identity import signatures

SECRET_2 = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
SECRET_4 = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'

VERSION_2 = {
    'verb': 'GET', 'host': 'elasticmapreduce.amazonaws.com', 'path': '/',
    'params': {'Action': 'DescribeJobFlows', 'Version': '2009-03-31',
               'AWSAccessKeyId': 'AKIAIOSFODNN7EXAMPLE', 'SignatureVersion': '2',
               'SignatureMethod': 'HmacSHA256', 'Timestamp': '2011-10-03T15:19:30'},
    'signature': 'i91nKc4PWAt0JJIdXwz9HxZCJDdiy6cf/Mj6vPxyYIs='}

SIGNED_HEADERS = 'content-type;host;x-amz-date'
CREDENTIAL = 'AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request'
VERSION_4 = {
    'verb': 'GET', 'host': 'iam.amazonaws.com', 'path': '/',
    'params': {'Action': 'ListUsers', 'Version': '2010-05-08'},
    'headers': {
        'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8',
        'Host': 'iam.amazonaws.com', 'X-Amz-Date': '20150830T123600Z',
        'Authorization': f'AWS4-HMAC-SHA256 Credential={CREDENTIAL}, '
                         f'SignedHeaders={SIGNED_HEADERS}, Signature=x'},
    'body_hash': hashlib.sha256(b'').hexdigest(),
    'signature': '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7'}


class SignatureTest(testtools.TestCase):

    def assert_refused(self, secret, signed):
        self.assertRaises(errors.Unauthorized, signatures.check, secret, signed)

    def test_version_2(self):
        signatures.check(SECRET_2, VERSION_2)
        signatures.check(SECRET_2, {**VERSION_2, 'host': VERSION_2['host'] + ':8773'})
        self.assert_refused(SECRET_4, VERSION_2)
        for name, value in (('verb', 'POST'), ('host', 'other'), ('path', '/x'),
                            ('params', {**VERSION_2['params'], 'Action': 'Other'}),
                            ('signature', 'i91n'), ('signature', None), ('signature', 'ü')):
            self.assert_refused(SECRET_2, {**VERSION_2, name: value})

    def test_version_4_in_a_header(self):
        signatures.check(SECRET_4, VERSION_4)
        self.assert_refused(SECRET_2, VERSION_4)
        headers = VERSION_4['headers']
        for name, value in (
                ('verb', 'PUT'), ('path', '/x'), ('params', {}), ('body_hash', 'x'),
                ('headers', {**headers, 'Content-Type': 'text/plain'}),
                ('headers', {**headers, 'X-Amz-Date': '20150831T123600Z'}),
                ('headers', {}), ('headers', None), ('params', {'SignatureVersion': '9'}),
                ('headers', {**headers, 'Authorization': 'AWS4-HMAC-SHA256 Credential=a/b'})):
            self.assert_refused(SECRET_4, {**VERSION_4, name: value})

    def test_version_4_in_the_query(self):
        params = {**VERSION_4['params'], 'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
                  'X-Amz-Credential': CREDENTIAL, 'X-Amz-SignedHeaders': 'host',
                  'X-Amz-Date': '20150830T123600Z'}
        signed = {**VERSION_4, 'params': params, 'headers': {'Host': 'iam.amazonaws.com'}}
        signed['signature'] = signatures.generate(SECRET_4, signed, signed['host'])
        signatures.check(SECRET_4, signed)
        self.assert_refused(SECRET_4, {**signed, 'params': {**params, 'Action': 'Other'}})

    def test_the_parameters_of_a_post_are_in_its_body(self):
        one = signatures.generate(SECRET_4, {**VERSION_4, 'verb': 'POST'}, '')
        other = signatures.generate(SECRET_4, {**VERSION_4, 'verb': 'POST', 'params': {}}, '')
        self.assertEqual(one, other)

    def test_old_versions(self):
        for version, text in (('0', b'ListT'), ('1', b'ActionListSignatureVersion1TimestampT')):
            signed = {'params': {'SignatureVersion': version, 'Action': 'List', 'Timestamp': 'T'},
                      'signature': base64.b64encode(hmac.digest(b's', text, 'sha1')).decode()}
            signatures.check('s', signed)
            self.assert_refused('t', signed)

    def test_nothing_signed(self):
        for signed in ({}, {'params': {}}, {'params': None, 'headers': None, 'signature': 'x'}):
            self.assert_refused('s', signed)

    def test_when(self):
        for signed in (VERSION_2, VERSION_4, {'params': {'X-Amz-Date': '20150830T123600Z'}}):
            self.assertIn(signatures.signed_at(signed).year, (2011, 2015))
        self.assertIsNone(signatures.signed_at({}))
        self.assertRaises(errors.Unauthorized, signatures.signed_at,
                          {'params': {'Timestamp': 'soon'}})


class S3Test(testtools.TestCase):

    def signed(self, text, signature):
        return {'token': base64.urlsafe_b64encode(text).decode(), 'signature': signature}

    def test_old(self):
        text = b'GET\n\n\nTue, 27 Mar 2007 19:36:42 +0000\n/johnsmith/photos/puppy.jpg'
        signed = self.signed(text, 'bWq2s1WEIj+Ydj0vQ697zp+IXMU=')
        signatures.check_s3(SECRET_2, signed)
        self.assertRaises(errors.Unauthorized, signatures.check_s3, SECRET_4, signed)

    def test_version_4(self):
        text = (b'AWS4-HMAC-SHA256\n20130524T000000Z\n20130524/us-east-1/s3/aws4_request\n'
                b'7344ae5b7ee6c3e7e6b0fe0640412a37625d1fbfff95c48bbb2dc43964946972')
        right = 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41'
        signatures.check_s3(SECRET_2, self.signed(text, right))
        for other in (text.replace(b'/s3/', b'/ec2/'), text.replace(b'aws4_request', b'x'),
                      text[:40], b''):
            self.assertRaises(errors.Unauthorized, signatures.check_s3, SECRET_2,
                              self.signed(other, right))
        for token in ('x', 'ü', '\ud800', ''):
            self.assertRaises(errors.Unauthorized, signatures.check_s3, SECRET_2,
                              {'token': token, 'signature': 'x'})
